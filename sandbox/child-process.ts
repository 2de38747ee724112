import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AccessError } from '../constraints/access-error';

export interface ChildProcessProps {
  readonly command: string;
  readonly args: readonly string[];
  /** Working directory. */
  readonly folder: string;
  /** File for stdout and stderr. */
  readonly log: string;
  /** Variables beside those of this process. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

/** A program that never outlives this process. */
export interface ChildProcess {
  readonly pid: number;
  /** Fails with the last lines of the log when the program ends without `stop`. */
  readonly failed: Promise<never>;
  /** Kills the program and waits until it has ended. */
  stop(): Promise<void>;
}

/**
 * A shell in the process group of the program reads from a pipe that only this process holds. When this process ends, even by a
 * crash or `kill -9`, the pipe closes and the shell kills the group.
 */
const WITH_PARENT = 'exec 3<&0; { read -r _; kill -s KILL 0; } <&3 3<&- & exec "$@" </dev/null 3<&-';

/** Starts a program that ends when this process ends, for whatever reason. */
export function startChildProcess({ command, args, folder, log, env }: ChildProcessProps): ChildProcess {
  const output = openSync(log, 'a', 0o600);
  // In a process group of its own, the program gets no Ctrl-C from the terminal; this process stops all programs in order.
  const child = spawn('/bin/sh', ['-c', WITH_PARENT, 'sh', command, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['pipe', output, output],
  });
  closeSync(output);
  // The pipe breaks when the program ends, which `ended` handles.
  child.stdin?.on('error', () => {});
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve).once('error', () => resolve(null)));
  let stopped = false;
  const failed = ended.then((code) => {
    // `stop` is not a failure, so this never settles.
    if (stopped) return new Promise<never>(() => {});
    throw new AccessError(`${basename(command)} ended with exit code ${code}. Its last lines:\n${lastLines(log)}`);
  });
  // Without this, Node reports an unhandled rejection if nobody waits for `failed`.
  failed.catch(() => {});
  return {
    pid: child.pid as number,
    failed,
    async stop() {
      stopped = true;
      if (child.exitCode === null && child.signalCode === null) killGroup(child.pid as number);
      await ended;
    },
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has already ended.
  }
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-10).join('\n');
}
