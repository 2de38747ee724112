import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eksAccess } from '../../cli/program';
import packageJson from '../../package.json';
import { copyOfProject, nodeArguments, runNode } from '../command';
import { SOUND } from './run-command';

const access = nodeArguments(packageJson.scripts.access);

describe('npm run access', () => {
  const project = copyOfProject();
  afterAll(() => rmSync(project, { recursive: true }));
  const run = (words: string, env: NodeJS.ProcessEnv = {}) => runNode([...access, ...words.split(' ')], project, env);
  writeFileSync(join(project, 'sound.json'), JSON.stringify(SOUND));
  writeFileSync(join(project, 'wrong.json'), JSON.stringify({ ...SOUND, groups: {} }));
  writeFileSync(join(project, 'broken.ts'), "throw new Error('broken');\n");

  test('reads access.config.ts, and another file that ACCESS_CONFIG or --file selects', () => {
    const first = (words: string, env?: NodeJS.ProcessEnv) => run(words, env).stdout.split(' ')[0];

    expect(first('matrix')).toBe('access.config.ts');
    expect(first('matrix', { ACCESS_CONFIG: 'examples/tutorial.ts' })).toBe('examples/tutorial.ts');
    expect(first('matrix --file sound.json', { ACCESS_CONFIG: 'examples/tutorial.ts' })).toBe('sound.json');
  });

  test.each([
    ['0 if nothing is found', 'check --file sound.json', 0],
    ['2 if something is found', 'check', 2],
  ])('ends with exit code %s', (_, words, code) => {
    const { status, stderr } = run(words);

    expect({ status, stderr }).toEqual({ status: code, stderr: '' });
  });

  test.each([
    ['a wrong access file', 'matrix --file wrong.json', /^wrong\.json has a problem:\n\n {2}groups {2}\[shape\]\n/],
    ['an access file that throws', 'matrix --file broken.ts', /^broken\.ts has a problem:\n[\s\S]*broken\.ts:1:7/],
    ['a missing access file', 'matrix --file missing.yaml', /^missing\.yaml has a problem:\n/],
    ['an unknown option', 'matrix --formt json', /^error: unknown option '--formt'\n\(Did you mean --format\?\)\n$/],
    ['an unknown format', 'matrix --format xml', /^error: .*'xml' is invalid\. Allowed choices are text, md, csv, /],
    ['an unknown command', 'matrx', /^error: unknown command 'matrx'\n\(Did you mean matrix\?\)\n$/],
    [
      'a URL and a resource at once',
      'can-i --cluster c --groups g --url /x --resource pods',
      /^error: .* cannot be used/,
    ],
  ])('fails on %s with only a message', (_, words, message) => {
    const { status, stdout, stderr } = run(words);

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('exits without an error if the reader of the output ends first', () => {
    const words = [process.execPath, ...access, 'matrix', '--format', 'html'];
    const script = 'set -o pipefail; "$@" | true';

    const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { cwd: project, encoding: 'utf8' });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  // Only Linux has a device that is always full.
  (process.platform === 'linux' ? test : test.skip)('fails if its output cannot be written', () => {
    const words = [process.execPath, ...access, 'matrix'];

    const { status, stderr } = spawnSync('bash', ['-c', '"$@" > /dev/full', 'bash', ...words], {
      cwd: project,
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr).toMatch(/^The output could not be written: ENOSPC/);
  });

  test('starts without the libraries of the stacks', () => {
    const program = "require('./cli/eks-access.ts'); console.error(Object.keys(require.cache).join('\\n'));";

    const { stderr } = runNode(['--require', './register-typescript.cjs', '--eval', program, 'matrix'], project);

    expect(stderr).toContain('/cli/program.ts');
    expect(stderr).not.toMatch(/\/node_modules\/(cdktf|constructs|@cdktf)\//);
  });
});

describe('--help', () => {
  test.each(eksAccess().commands.map((command) => [command.name(), command] as const))(
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
