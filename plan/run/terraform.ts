import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** How a run of Terraform or OpenTofu ended. */
export interface TerraformRun {
  readonly ok: boolean;
  readonly stdout: string;
  /** What it says about errors and warnings. */
  readonly stderr: string;
}

/** Terraform or OpenTofu, for many runs. */
export interface Terraform {
  /** @param variables beside those of its environment; undefined for those that must not be set. @default - none */
  run(
    folder: string,
    args: readonly string[],
    variables?: Readonly<Record<string, string | undefined>>,
  ): Promise<TerraformRun>;
  /** Asks every run to stop, which releases its lock of the state; asked again, it kills them. */
  stop(): void;
}

/**
 * The program that runs the plans.
 * @param program its name or path.
 * @param cache the folder for providers, unless the environment or the configuration of Terraform has one.
 * @param environment the environment of the program. @default - that of this process
 */
export function terraform(program: string, cache: string, environment = process.env): Terraform {
  const children = new Set<number>();
  let stopped = false;
  const env = { ...environment, TF_IN_AUTOMATION: '1', TF_INPUT: '0', ...cacheSettings(cache) };
  return {
    run: (folder, args, variables) =>
      new Promise((resolve) => {
        if (stopped) return resolve({ ok: false, stdout: '', stderr: 'stopped' });
        // In a process group of its own, it gets no Ctrl-C from the terminal beside the one of `stop`: the second one
        // would end it without releasing its lock.
        const child = spawn(program, args, {
          ...{ cwd: folder, env: { ...env, ...variables }, detached: true },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        const [stdout, stderr]: Buffer[][] = [[], []];
        child.stdout.on('data', (data: Buffer) => stdout?.push(data));
        child.stderr.on('data', (data: Buffer) => stderr?.push(data));
        if (child.pid !== undefined) children.add(child.pid);
        const end = (ok: boolean, message = '') => {
          if (child.pid !== undefined) children.delete(child.pid);
          const text = (parts: Buffer[] = []) => Buffer.concat(parts).toString('utf8');
          resolve({ ok, stdout: text(stdout), stderr: text(stderr) + message });
        };
        child.once('error', ({ message }) => end(false, `${program} could not be started: ${message}`));
        child.once('close', (code) => end(code === 0));
      }),
    stop() {
      for (const pid of children) signal(pid, stopped ? 'SIGKILL' : 'SIGINT');
      stopped = true;
    },
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // The group has already ended.
  }
}

/**
 * Without a cache, each stack downloads its own providers. A private cache is read only after a first download with
 * checksums, so stacks without a lock file may take providers from it.
 */
function cacheSettings(cache: string): NodeJS.ProcessEnv {
  const { TF_PLUGIN_CACHE_DIR, TF_CLI_CONFIG_FILE } = process.env;
  const configuration = TF_CLI_CONFIG_FILE || join(homedir(), '.terraformrc');
  const isConfigured = existsSync(configuration) && readFileSync(configuration, 'utf8').includes('plugin_cache_dir');
  if (TF_PLUGIN_CACHE_DIR || isConfigured) return {};
  return { TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: 'true' };
}
