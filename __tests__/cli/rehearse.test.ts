import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SOUND } from './run-command';

const program = join(__dirname, '../../eks-access.cjs');

/** Waits until something is true. A test that never sees it ends at the time limit. */
async function eventually(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 50));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('eks-access rehearse', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rehearse-'));
  const temporary = join(folder, 'tmp');
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'access.json'), JSON.stringify(SOUND));

  const rehearse = (env: NodeJS.ProcessEnv, ...words: string[]) => {
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [program, 'rehearse', '--file', 'access.json', ...words],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, TMPDIR: temporary, ...env } },
    );
    return { stdout, stderr, status };
  };
  const terraform = (script: string) => {
    const file = join(folder, 'terraform');
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return { TERRAFORM_BINARY_NAME: file };
  };

  test('says which providers are missing, and where Terraform looks for them, before it starts anything', () => {
    const env = terraform(
      `[ "$1" = init ] && { echo 'Error: Failed to query available provider packages' >&2; exit 1; }; echo 1.11`,
    );

    const { stdout, stderr, status } = rehearse(env);

    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(stderr).toBe(
      [
        'looking for the providers',
        'Terraform could not install the providers of the stack okta. It takes them from where its configuration says: provider_installation in the file of TF_CLI_CONFIG_FILE, or in ~/.terraformrc; by default, from the registry.',
        'Error: Failed to query available provider packages',
        '',
      ].join('\n'),
    );
    expect(readdirSync(temporary).filter((name) => name.startsWith('okta-eks-access'))).toEqual([]);
  });

  test('runs Terraform without what leads to real accounts, clusters, or states', () => {
    const env = terraform(`[ "$1" = init ] && { env | grep -E '^(AWS|OKTA|KUBE|TF)' | sort >&2; exit 1; }; echo 1.11`);

    const { stderr } = rehearse({
      ...env,
      ...{
        AWS_PROFILE: 'production',
        AWS_ACCESS_KEY_ID: 'AKIA',
        OKTA_API_TOKEN: 'token',
        KUBECONFIG: '/k',
        KUBE_HOST: 'h',
      },
      ...{ TF_WORKSPACE: 'w', TF_CLI_ARGS_plan: '-x', TF_DATA_DIR: '/d', TF_CLI_CONFIG_FILE: '/dev/null' },
    });

    const names = [...stderr.matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(names).toEqual([
      ...['TF_CLI_CONFIG_FILE', 'TF_INPUT', 'TF_IN_AUTOMATION', 'TF_PLUGIN_CACHE_DIR'],
      'TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE',
    ]);
  });

  test('ends on a signal, and leaves no program and no file', async () => {
    const marker = join(folder, 'started');
    const env = terraform(`[ "$1" = init ] && { echo $$ > ${marker}; while :; do sleep 0.1; done; }; echo 1.11`);
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary);
    const child = spawn(process.execPath, [program, 'rehearse', '--file', 'access.json'], {
      ...{ cwd: folder, env: { ...process.env, TMPDIR: temporary, ...env }, stdio: 'ignore' },
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await eventually(() => existsSync(marker) && readFileSync(marker, 'utf8') !== '');

    child.kill('SIGTERM');

    expect(await ended).toBe(143);
    const pid = Number(readFileSync(marker, 'utf8'));
    await eventually(() => !isRunning(pid));
    await eventually(() => readdirSync(temporary).every((name) => !name.startsWith('okta-eks-access')));
  });

  test('fails without Terraform', () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);

    const { stderr, status } = rehearse({ PATH: bin, TERRAFORM_BINARY_NAME: '' });

    expect({ stderr, status }).toEqual({
      stderr: 'Neither terraform nor tofu is on PATH. Install one, or set TERRAFORM_BINARY_NAME.\n',
      status: 1,
    });
  });

  test('fails for a deployed file that does not exist', () => {
    const { stdout, stderr, status } = rehearse({}, '--deployed', 'missing.json');

    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(stderr).toMatch(/^missing\.json/);
  });
});
