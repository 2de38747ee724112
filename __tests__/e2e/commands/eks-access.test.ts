import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommanderError } from 'commander';
import { eksAccess } from '../../../cli/program';
import { AccessError } from '../../../model';
import packageJson from '../../../package.json';
import { runCommandToEnd, SOUND } from '../../cli/run-command';
import { nodeArguments, runNode } from '../../command';

const root = join(__dirname, '../../..');
const access = nodeArguments(packageJson.scripts.access);

const folder = mkdtempSync(join(tmpdir(), 'eks-access-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'sound.json'), JSON.stringify(SOUND));
writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ ...SOUND, groups: {} }));
writeFileSync(join(folder, 'broken.ts'), "throw new Error('broken');\n");

/** Words of a command line, with the files of the folder. */
const wordsOf = (line: string) => line.split(' ').map((word) => word.replace(/^.*\.(json|ts|yaml)$/, `${folder}/$&`));

describe('npm run access', () => {
  const run = (line: string) => runNode([...access, ...wordsOf(line)], root, { ACCESS_CONFIG: 'examples/tutorial.ts' });

  test('ends with exit code 2 where something is found', () => {
    const { status, stdout, stderr } = run('check');

    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(stdout).toMatch(/^examples\/tutorial\.ts has no errors and /);
  });

  test.each([
    ['an access file that throws', 'matrix --file broken.ts', /\/broken\.ts has a problem:\n[\s\S]*broken\.ts:1:7/],
    ['an unknown command', 'matrx', /^error: unknown command 'matrx'\n\(Did you mean matrix\?\)\n$/],
  ])('fails on %s with only a message', (_, line, message) => {
    const { status, stdout, stderr } = run(line);

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('exits without an error if the reader of the output ends first', () => {
    const words = [process.execPath, ...access, 'matrix', '--file', 'examples/tutorial.ts', '--format', 'html'];
    const script = 'set -o pipefail; "$@" | true';

    const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { cwd: root, encoding: 'utf8' });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  // Only Linux has a device that is always full.
  (process.platform === 'linux' ? test : test.skip)('fails if its output cannot be written', () => {
    const words = [process.execPath, ...access, 'matrix', '--file', 'examples/tutorial.ts'];

    const { status, stderr } = spawnSync('bash', ['-c', '"$@" > /dev/full', 'bash', ...words], {
      cwd: root,
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr).toMatch(/^The output could not be written: ENOSPC/);
  });

  test('runs without the libraries of the stacks, and in color if it is forced', () => {
    const program =
      "require('./cli/eks-access.ts').run('').then(() => console.error(Object.keys(require.cache).join('\\n')));";

    const { stdout, stderr } = runNode(['--require', './register-typescript.cjs', '--eval', program, 'matrix'], root, {
      ACCESS_CONFIG: 'examples/tutorial.ts',
      FORCE_COLOR: '1',
    });

    expect(stdout).toMatch(/^examples\/tutorial\.ts on /);
    expect(stdout).toContain('\n\u001b[1mGROUP ');
    expect(stderr).toContain('/report/matrix-text.ts');
    expect(stderr).not.toMatch(/\/node_modules\/(cdktf|constructs|@cdktf)\//);
  });
});

describe('eks-access', () => {
  test('reads access.config.ts, and another file that ACCESS_CONFIG or --file selects', async () => {
    const first = async (...line: string[]) => (await runCommandToEnd(...line)).stdout.split(' ')[0];
    const { env } = process;

    try {
      process.env = { ...env, ACCESS_CONFIG: '' };
      expect(await first('matrix')).toBe('access.config.ts');
      process.env = { ...env, ACCESS_CONFIG: 'examples/tutorial.ts' };
      expect(await first('matrix')).toBe('examples/tutorial.ts');
      expect(await first('matrix', '--file', 'examples/portal.ts')).toBe('examples/portal.ts');
    } finally {
      process.env = env;
    }
  });

  test('ends with exit code 0 where nothing is found', async () => {
    expect((await runCommandToEnd(...wordsOf('check --file sound.json'))).exitCode).toBe(0);
  });

  test.each([
    [
      'a wrong access file',
      'matrix --file wrong.json',
      /\/wrong\.json has a problem:\n\n {2}groups {2}\[shape\] {2}line 1, column \d+\n/,
    ],
    ['a missing access file', 'matrix --file missing.yaml', /\/missing\.yaml has a problem:\n/],
    ['an unknown option', 'matrix --formt json', /^error: unknown option '--formt'\n\(Did you mean --format\?\)\n$/],
    ['an unknown format', 'matrix --format xml', /^error: .*'xml' is invalid\. Allowed choices are text, md, csv, /],
    [
      'a URL and a resource at once',
      'can-i --cluster c --group g --url /x --resource pods',
      /^error: .* cannot be used/,
    ],
  ])('fails on %s', (_, line, message) => {
    const program = eksAccess('0.0.0');
    let stderr = '';
    for (const command of [program, ...program.commands]) {
      command.exitOverride().configureOutput({ writeErr: (text) => (stderr += text) });
    }
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);

    let error: unknown;
    try {
      program.parse(['node', 'eks-access', ...wordsOf(line)]);
    } catch (thrown) {
      error = thrown;
    }

    expect(stdout).not.toHaveBeenCalled();
    stdout.mockRestore();
    expect(stderr || (error as Error).message).toMatch(message);
    expect(AccessError.is(error) || (error as CommanderError).exitCode === 1).toBe(true);
  });
});

describe('--help', () => {
  test.each(eksAccess('0.0.0').commands.map((command) => [command.name(), command] as const))(
    'of %s has an example',
    (name, command) => {
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text) });

      command.outputHelp();

      expect(help).toMatch(/\nExamples?:\n {2}\$ /);
      expect(help).toContain(`eks-access ${name}`);
    },
  );
});
