import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { KUBELOGIN } from '../kubeconfig/kubelogin-arguments';
import { isExecutable, programOnPath } from '../program-on-path';
import type { Exec } from './kubeconfigs';
import { once } from './once';
import { type Ended, runProgram } from './run-program';

/** A version of Kubernetes or kubectl. */
export interface Version {
  /** Such as `v1.35.1`. */
  readonly text: string;
  readonly minor: number;
}

/** kubectl on PATH. */
export interface Kubectl {
  readonly file: string;
  /** Undefined if it does not say it. */
  readonly version: Version | undefined;
}

/** kubelogin, as a kubeconfig runs it. */
export interface Kubelogin {
  readonly file: string;
  /** What it says about its version; empty if nothing. */
  readonly version: string;
  /** The flags of its `get-token`; undefined if it does not list them. */
  readonly flags: ReadonlySet<string> | undefined;
}

/** The programs of a laptop. */
export interface Machine {
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds since 1970. */
  now(): number;
  /** Undefined if it is not on PATH. */
  kubectl(): Promise<Kubectl | undefined>;
}

const TIMEOUT_MILLISECONDS = 15_000;

/** The machine with an environment. Each program is asked once. */
export function machineWith(environment: NodeJS.ProcessEnv, now: () => number): Machine {
  return { environment, now, kubectl: once(() => findKubectl(environment)) };
}

async function findKubectl(environment: NodeJS.ProcessEnv): Promise<Kubectl | undefined> {
  const file = programOnPath(['kubectl', 'kubectl.exe'], environment.PATH ?? '');
  if (file === undefined) return undefined;
  const { stdout } = await runProgram(file, ['version', '--client', '--output=json'], {
    environment,
    timeout: TIMEOUT_MILLISECONDS,
  });
  return { file, version: versionIn(stdout, 'clientVersion') };
}

/**
 * The version in what `kubectl version` or the path `/version` of an API server says; undefined if there is none.
 * @param key the key of the version, if it is not the whole answer.
 */
export function versionIn(json: string, key?: string): Version | undefined {
  try {
    const answer = JSON.parse(json) as Record<string, unknown>;
    const { gitVersion } = (key === undefined ? answer : answer[key]) as { readonly gitVersion?: unknown };
    const [, minor] = /^v1\.(\d+)/.exec(String(gitVersion)) ?? [];
    return minor === undefined ? undefined : { text: String(gitVersion), minor: Number(minor) };
  } catch {
    return undefined;
  }
}

/**
 * The file of the command of an exec stanza; undefined if it is not there.
 * @param kubeconfig the file of the stanza: a path with a slash that is not absolute starts from its folder.
 */
export function commandFile({ command }: Exec, kubeconfig: string, { environment }: Machine): string | undefined {
  if (!/[/\\]/.test(command)) return programOnPath([command, `${command}.exe`], environment.PATH ?? '');
  const file = isAbsolute(command) ? command : resolve(dirname(kubeconfig), command);
  return isExecutable(file) ? file : undefined;
}

/**
 * How to run the kubelogin of an exec stanza. `kubectl oidc-login` is run without kubectl: a kubectl that does not find its
 * plugin can start itself without end.
 */
export function kubeloginProgram(exec: Exec, kubeconfig: string, machine: Machine): string | undefined {
  if (exec.args[0] !== 'oidc-login') return commandFile(exec, kubeconfig, machine);
  return programOnPath([KUBELOGIN, `${KUBELOGIN}.exe`], machine.environment.PATH ?? '');
}

/** What kubelogin says about itself. Another program is not run. */
export async function askKubelogin(file: string, { environment }: Machine): Promise<Kubelogin> {
  if (!/^(kubectl-oidc_login|kubelogin)(\.exe)?$/.test(basename(file))) return { file, version: '', flags: undefined };
  const run = (...args: string[]) => runProgram(file, args, { environment, timeout: TIMEOUT_MILLISECONDS });
  const [version, help] = await Promise.all([run('--version'), run('get-token', '--help')]);
  const [, text = ''] = /version (v?\d[\w.+-]*)/.exec(allOf(version)) ?? [];
  const flags = [...allOf(help).matchAll(/^\s+(?:-\w, )?--([\w-]+)/gm)].map(([, flag]) => flag as string);
  return { file, version: text, flags: flags.length === 0 ? undefined : new Set(flags) };
}

function allOf({ stdout, stderr }: Ended): string {
  return `${stdout}\n${stderr}`;
}
