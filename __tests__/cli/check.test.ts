import { join } from 'node:path';
import { WORST_CASE_REVOCATION } from '../../model/derived/revocation';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const [administrators, ...otherGrants] = SOUND.grants;
const endingOn = (expires: string) => ({ ...SOUND, grants: [{ ...administrators, expires }, ...otherGrants] });

const folder = accessFiles({
  'ending.json': endingOn('2026-07-01'),
  'ended.json': endingOn('2026-06-14'),
  'sound.json': SOUND,
  'risky.json': { ...SOUND, signIn: { assignment: 'everyone' } },
  'both.json': { ...SOUND, okta: {}, signIn: { assignment: 'everyone' } },
  'wrong.json': { ...SOUND, okta: {}, groups: {} },
});
const ending = join(folder, 'ending.json');
const ended = join(folder, 'ended.json');
const sound = join(folder, 'sound.json');
const risky = join(folder, 'risky.json');
const wrong = join(folder, 'wrong.json');
const both = join(folder, 'both.json');

describe('eks-access check', () => {
  test('says that nothing is wrong or risky, and when a removed user loses access', async () => {
    expect(await runCommandToEnd('check', '--file', sound)).toEqual({
      stdout: `${sound} has no errors and 0 warnings.\n${WORST_CASE_REVOCATION.text}\n`,
      exitCode: 0,
    });
  });

  test('reports warnings, with exit code 2', async () => {
    expect(await runCommandToEnd('check', '--file', risky)).toEqual({
      stdout: expect.stringMatching(
        /has no errors and 1 warning:\n\n {2}signIn\.assignment {2}\[everyone-assigned\] {2}line 1, column \d+\n[\s\S]*\n\nA user who is removed/,
      ),
      exitCode: 2,
    });
  });

  test.each(['--findings-ok', '--warnings-ok'])('reports the same with %s, with exit code 0', async (option) => {
    expect(await runCommandToEnd('check', '--file', risky, option)).toEqual({
      stdout: (await runCommandToEnd('check', '--file', risky)).stdout,
      exitCode: 0,
    });
    expect((await runCommandToEnd('check', '--file', risky, '--json', option)).exitCode).toBe(0);
    expect((await runCommandToEnd('check', '--file', wrong, '--json', option)).exitCode).toBe(1);
  });

  test('fails on errors with all of them', async () => {
    await expect(runCommandToEnd('check', '--file', wrong)).rejects.toThrow(
      /wrong\.json has 2 problems:\n\n {2}okta\.orgName {2}\[shape\] {2}line 1, column 2\n[\s\S]*\n {2}groups {2}\[shape\] {2}line 1, column 12\n/,
    );
  });

  test.each([
    ['nothing', sound, 0, [], []],
    ['warnings', risky, 2, [], ['everyone-assigned']],
    ['errors', wrong, 1, ['shape', 'shape'], []],
    ['both', both, 1, ['shape'], ['everyone-assigned']],
  ])('prints %s as JSON too', async (_, file, code, errors, warnings) => {
    const { stdout, exitCode } = await runCommandToEnd('check', '--json', '--file', file);

    const printed = JSON.parse(stdout) as Record<string, { check: string }[]>;
    expect(Object.keys(printed)).toEqual(['errors', 'warnings', 'notes']);
    expect(printed.errors?.map(({ check }) => check)).toEqual(errors);
    expect(printed.warnings?.map(({ check }) => check)).toEqual(warnings);
    expect(exitCode).toBe(code);
  });

  test('notes what ends within a month, with exit code 0', async () => {
    expect(await runCommandToEnd('check', '--file', ending)).toEqual({
      stdout: `${ending} has no errors and 0 warnings.\nNote: grants[0].expires: the grant of cluster-admin to eks-admins ends on 2026-07-01.\n${WORST_CASE_REVOCATION.text}\n`,
      exitCode: 0,
    });
    expect(JSON.parse((await runCommandToEnd('check', '--json', '--file', ending)).stdout).notes).toHaveLength(1);
  });

  test('ends with 2 after the last grant of cluster-admin has ended', async () => {
    expect(await runCommandToEnd('check', '--file', ended)).toEqual({
      stdout: expect.stringContaining('[ended-cluster-admin]'),
      exitCode: 2,
    });
  });

  test('fails with text if the error is not in the file, so that JSON cannot report it', async () => {
    process.env.SOURCE_DATE_EPOCH = 'today';
    try {
      await expect(runCommandToEnd('check', '--json', '--file', sound)).rejects.toThrow(
        'SOURCE_DATE_EPOCH is not a whole number',
      );
    } finally {
      delete process.env.SOURCE_DATE_EPOCH;
    }
  });
});
