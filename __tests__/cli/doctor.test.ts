import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eksAccess } from '../../cli/program';
import type { Diagnosis } from '../../sign-in/doctor/diagnose';
import { runNode } from '../command';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const folder = accessFiles({ 'sound.json': SOUND });
const FILE = ['--file', join(folder, 'sound.json')];
const environment = { ...process.env };

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.env = { PATH: folder, HOME: folder };
});

afterEach(() => {
  process.env = environment;
  jest.restoreAllMocks();
});

describe('eks-access doctor', () => {
  test('looks at every cluster without a kubeconfig, and ends with exit code 2 for a problem', async () => {
    const { stdout, exitCode } = await runCommandToEnd('doctor', ...FILE, '--json');

    const diagnoses = JSON.parse(stdout) as Diagnosis[];
    expect(exitCode).toBe(2);
    expect(diagnoses.map(({ cluster, firstBroken }) => [cluster, firstBroken])).toEqual([
      ['dev', { link: 'laptop', check: 'kubectl-installed' }],
      ['prod', { link: 'laptop', check: 'kubectl-installed' }],
    ]);
    expect(diagnoses[0]?.checks.filter(({ level }) => level === 'okta').map(({ evidence }) => evidence)[0]).toMatch(
      /^There are no credentials for Okta in the environment: OKTA_API_TOKEN/,
    );
  });

  test('looks at the named clusters, and ends with 0 if findings are fine', async () => {
    const { stdout, exitCode } = await runCommandToEnd('doctor', ...FILE, '--cluster', 'prod', '--findings-ok');

    expect(stdout).toMatch(/^prod, no context\n\nlaptop\n {2}problem +kubectl-installed +No kubectl is on PATH\.\n/);
    expect(stdout).toMatch(
      /\nFirst broken link: laptop \(kubectl-installed\)\. 1 more problem above\. \d+ checks could not be made\.\n$/,
    );
    expect(exitCode).toBe(0);
  });

  test.each([
    ['a cluster that is not there', ['--cluster', 'prd'], "The access file has no cluster 'prd'. Did you mean 'prod'?"],
    ['a kubeconfig without a name', ['--kubeconfig', ''], '--kubeconfig has an empty value.'],
    ['a wrong issuer', ['--issuer', 'http://a'], '--issuer: This is not an https URL without a query'],
  ])('fails on %s', async (_, words, message) => {
    await expect(runCommandToEnd('doctor', ...FILE, ...words)).rejects.toThrow(message);
  });

  test('fails on a damaged kubeconfig with its place', async () => {
    const file = join(folder, 'broken');
    writeFileSync(file, 'a: [');

    await expect(runCommandToEnd('doctor', ...FILE, '--kubeconfig', file)).rejects.toThrow(`${file}, line 1, column `);
  });

  test('fails on incomplete credentials for Okta', async () => {
    process.env.OKTA_API_CLIENT_ID = '0oa1';

    await expect(runCommandToEnd('doctor', ...FILE)).rejects.toThrow('The credentials for Okta are incomplete.');
  });

  test('loads no library for its help', () => {
    const program = `process.on('exit', () => process._rawDebug(Object.keys(require.cache).join('\\n')));
      require('./cli/eks-access.ts').run('');`;

    const { stdout, stderr } = runNode(
      ['--require', './register-typescript.cjs', '--eval', program, 'doctor', '--help'],
      join(__dirname, '../..'),
      environment,
    );

    expect(stdout).toContain('Examples:\n  $ eks-access doctor --cluster prod');
    expect(stderr).toContain('/cli/doctor.ts');
    expect(stderr).not.toMatch(/node_modules\/(@aws-sdk|@smithy|undici|jose|yaml)\/|sign-in\/doctor/);
  });

  test('has the options of other commands that need to know what Okta and AWS know', () => {
    const command = eksAccess('0.0.0').commands.find((one) => one.name() === 'doctor');

    expect(command?.options.map(({ long }) => long)).toEqual(
      expect.arrayContaining(['--outputs', '--issuer', '--client-id', '--endpoint', '--certificate-authority']),
    );
    // It asks AWS whenever there are credentials.
    expect(command?.options.map(({ long }) => long)).not.toContain('--aws');
  });
});
