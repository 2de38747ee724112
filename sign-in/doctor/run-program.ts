import { spawn } from 'node:child_process';

/** How a program ended. */
export interface Ended {
  /** Null if a signal or the time limit ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds after which the program is ended. */
  readonly timeout: number;
  /** Whether a person sees what it writes to standard error. @default false */
  readonly shown?: boolean;
}

/** Runs a program without standard input until it ends. One that cannot be started ends with the reason on standard error. */
export function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const { environment, timeout, shown = false } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], timeout });
    const read = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        read[stream] += text;
        if (shown && stream === 'stderr') process.stderr.write(text);
      });
    }
    child.once('error', (error) => resolve({ code: null, stdout: '', stderr: error.message }));
    child.once('close', (code) => resolve({ code, ...read }));
  });
}
