import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eksAccess } from '../../cli/program';
import { orExit } from '../../or-exit';
import { accessFiles, SOUND } from './run-command';

const folder = accessFiles({
  'access.json': SOUND,
  'people.json': [{ login: 'ben@example.com', groups: ['eks-auditors'] }],
  'unknown.json': [{ login: 'ben@example.com', groups: ['eks-auditor'] }],
});

async function proved(...words: readonly string[]) {
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) => {
    const write = jest.spyOn(stream, 'write').mockReturnValue(true);
    return () => write.mock.calls.map(([text]) => text).join('');
  });
  const line = ['node', 'eks-access', 'prove', '--file', join(folder, 'access.json'), ...words];
  try {
    await orExit(() => eksAccess('0.0.0').parseAsync(line));
    return { exitCode: process.exitCode, stdout: stdout?.() ?? '', stderr: stderr?.() ?? '' };
  } finally {
    process.exitCode = undefined;
    jest.restoreAllMocks();
  }
}

describe('eks-access prove', () => {
  test('proves the access, and leaves nothing behind', async () => {
    const files = readdirSync(folder);
    const { TMPDIR } = process.env;
    // Of its own, because other tests make folders, too.
    const temporary = mkdtempSync(join(tmpdir(), 'prove-'));
    process.env.TMPDIR = temporary;

    const { exitCode, stdout, stderr } = await proved().finally(() => {
      process.env.TMPDIR = TMPDIR;
      if (TMPDIR === undefined) delete process.env.TMPDIR;
    });

    expect({ exitCode, stderr }).toEqual({ exitCode: undefined, stderr: '' });
    expect(stdout).toMatch(/^Proof: 6 people on 2 clusters, [\s\S]* every answer matches the access file\n/);
    expect(readdirSync(temporary)).toEqual([]);
    rmSync(temporary, { recursive: true });
    expect(readdirSync(folder)).toEqual(files);
  });

  test('prints the proof as data', async () => {
    const { stdout } = await proved('--json');

    expect(JSON.parse(stdout)).toMatchObject({ differences: [], rows: expect.any(Array), signIns: expect.any(Number) });
  });

  test('signs in the users of a people file', async () => {
    const { stdout } = await proved('--people', join(folder, 'people.json'), '--json');

    const logins = JSON.parse(stdout).rows.map(({ login }: { login: string }) => login);
    expect([...new Set(logins)]).toEqual(['ben@example.com']);
  });

  test('fails on a people file with a group that the access file does not have', async () => {
    const { exitCode, stdout, stderr } = await proved('--people', join(folder, 'unknown.json'));

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain("The access file has no group 'eks-auditor'.");
  });
});
