import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scripts } from '../../package.json';
import { nodeArguments, runNode } from '../command';

describe('npm run sandbox', () => {
  let folder: string;
  const run = (...args: string[]) =>
    runNode([...nodeArguments(scripts.sandbox), ...args], join(__dirname, '../..'), {
      PATH: join(folder, 'bin'),
      XDG_CACHE_HOME: folder,
      KUBEBUILDER_ASSETS: '',
      CDKTF_OUTDIR: join(folder, 'out'),
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('fails with one message about all missing programs, before anything is built', () => {
    const { status, stdout, stderr } = run();

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      [
        'The sandbox needs programs that are not on PATH:',
        '  kubectl: install it from https://kubernetes.io/docs/tasks/tools/',
        '  Go 1.26 or newer: install it from https://go.dev/dl/ to build kube-apiserver, etcd and kubelogin',
        '',
      ].join('\n'),
    );
  });
});
