import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The signals that end a program. */
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Gives a new folder that only this user can read to a function, and removes it afterwards: also if the function fails,
 * or if a signal ends the program.
 */
export async function inPrivateFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eks-access-')));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // With the exit code that a shell reports. Exiting removes the folder.
  const end = (signal: NodeJS.Signals) => process.exit(128 + constants.signals[signal]);
  process.on('exit', remove);
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    return await use(folder);
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
    process.off('exit', remove);
    remove();
  }
}
