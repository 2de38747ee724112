import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runNode } from '../../command';

const root = resolve(__dirname, '../../..');

describe('an old Node.js', () => {
  const folder = mkdtempSync(join(tmpdir(), 'old-node-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs a program in a Node.js that says it is of another version. */
  function runAs(version: string, ...program: string[]) {
    const pretend = join(folder, 'pretend.cjs');
    writeFileSync(pretend, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
    return runNode(['--require', pretend, ...program], root, { XDG_CACHE_HOME: folder });
  }

  test.each(['12.22.12', '18.20.8', '20.18.3'])('%s is told which one is needed, and nothing else', (version) => {
    const { status, stdout, stderr } = runAs(version, 'node-setup.cjs');

    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: `eks-access needs Node.js 20.19 or later. This is Node.js ${version}.\n`,
    });
  });

  test.each(['20.19.0', '22.0.0', '26.1.0'])('%s is no old one', (version) => {
    expect(runAs(version, 'node-setup.cjs')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  test('is noticed by eks-access before it loads anything', () => {
    expect(runAs('12.22.12', 'eks-access.cjs', '--version')).toMatchObject({ status: 1, stdout: '' });
    expect(runAs('20.19.0', 'eks-access.cjs', '--version')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

describe('the compile cache', () => {
  const cache = mkdtempSync(join(tmpdir(), 'compile-cache-'));
  const folder = join(cache, 'okta-eks-access', 'node-compile-cache');
  afterAll(() => rmSync(cache, { recursive: true }));
  const run = (env: NodeJS.ProcessEnv = {}) => runNode(['node-setup.cjs'], root, { XDG_CACHE_HOME: cache, ...env });
  const isKnown = 'enableCompileCache' in (require('node:module') as object);

  test('is in a folder that only the user can read and write, where Node.js has one', () => {
    expect(run()).toMatchObject({ status: 0, stderr: '' });

    expect(existsSync(folder)).toBe(isKnown);
    if (!isKnown) return;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).not.toEqual([]);
  });

  test('is left alone where others could write to it', () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);

    expect(run()).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('can be turned off', () => {
    rmSync(folder, { recursive: true, force: true });

    expect(run({ NODE_DISABLE_COMPILE_CACHE: '1' })).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  test('is done without where the folder cannot be made', () => {
    const file = join(cache, 'file');
    writeFileSync(file, '');

    expect(run({ XDG_CACHE_HOME: file })).toMatchObject({ status: 0, stderr: '' });
  });
});
