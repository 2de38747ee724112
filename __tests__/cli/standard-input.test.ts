import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eksAccess } from '../../cli/program';
import { SOUND } from './run-command';

const program = join(__dirname, '../../eks-access.cjs');
const folder = mkdtempSync(join(tmpdir(), 'standard-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (input: string, ...words: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    input,
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
};

describe('--file -', () => {
  test('is an option of every command that reads the access file', () => {
    const { commands } = eksAccess('0.0.0');
    const withFile = commands.filter(({ options }) => options.some(({ long }) => long === '--file'));

    expect(withFile.length).toBeGreaterThan(10);
    // A file in git has a name.
    for (const { options } of withFile.filter((command) => command.name() !== 'history'))
      expect(options.map(({ long }) => long)).toContain('--input-format');
  });

  test('reads JSON', () => {
    const { stdout, status } = run(JSON.stringify(SOUND), 'matrix', '--file', '-', '--input-format', 'json');

    expect(stdout).toMatch(/^- on /);
    expect(status).toBe(0);
  });

  test('reads TypeScript, with imports from the working directory', () => {
    const text = `import { defineAccess } from ${JSON.stringify(join(__dirname, '../../model'))};
export default (async () => defineAccess(${JSON.stringify(SOUND)}))();`;

    const { stderr, stdout, status } = run(text, 'synth', '--file', '-', '--input-format', 'ts');

    expect({ stderr, stdout, status }).toEqual({
      stderr: '',
      stdout: expect.stringMatching(/^cdktf\.out: .*okta/),
      status: 0,
    });
  });

  test('fails on a wrong file with line and column', () => {
    const { stderr, status } = run('okta: { orgNam: a }', 'check', '--file', '-', '--input-format', 'yaml');

    expect(stderr).toMatch(/^standard input has 5 problems:\n\n {2}okta\.orgName {2}\[shape\] {2}line 1, column 1\n/);
    expect(status).toBe(1);
  });

  test.each([
    [['--file', '-'], 'Standard input (-) needs --input-format: ts, json, jsonc, yaml.\n'],
    [['--input-format', 'yaml'], '--input-format is for standard input: write --file - with it.\n'],
  ])('fails on %j', (words, message) => {
    expect(run('', 'check', ...words)).toEqual({ stdout: '', stderr: message, status: 1 });
  });
});
