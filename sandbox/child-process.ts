import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

export interface ChildProcessProps {
  readonly command: string;
  readonly args: readonly string[];
  /** Folder that it runs in. */
  readonly folder: string;
  /** File that takes what it prints. */
  readonly log: string;
}

/** A program that runs beside this one, and never longer. */
export interface ChildProcess {
  readonly pid: number;
  /** Fails when the program ends by itself, with the last lines that it printed. */
  readonly failed: Promise<never>;
  /** Ends the program, and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * The program's own group waits on a pipe that only this process holds: whatever ends this process, also a crash or `kill -9`,
 * closes the pipe, and the group kills itself.
 */
const WITH_PARENT = 'exec 3<&0; { read -r _; kill -s KILL 0; } <&3 3<&- & exec "$@" </dev/null 3<&-';

/** Starts a program that ends when this process does, however that ends. */
export function startChildProcess({ command, args, folder, log }: ChildProcessProps): ChildProcess {
  const output = openSync(log, 'a', 0o600);
  // A group of its own: a Ctrl-C in the terminal is for this process alone, which ends the others in order.
  const child = spawn('/bin/sh', ['-c', WITH_PARENT, 'sh', command, ...args], {
    cwd: folder,
    detached: true,
    stdio: ['pipe', output, output],
  });
  closeSync(output);
  // Ends with the program; that it is gone is told below.
  child.stdin?.on('error', () => {});
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve).once('error', () => resolve(null)));
  let stopped = false;
  const failed = ended.then((code) => {
    // Nobody's failure: it never comes.
    if (stopped) return new Promise<never>(() => {});
    throw new Error(`${basename(command)} ended (exit code ${code}); its last lines:\n${lastLines(log)}`);
  });
  // Whoever waits for the program is told.
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
    // Gone already.
  }
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-10).join('\n');
}
