import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The signals that end a program, with the exit code that a shell reports. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Gives a new folder that only this user can read to a function, and removes it afterwards: also if the function fails,
 * or if a signal ends the program.
 */
export async function inPrivateFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eks-access-')));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const ends = Object.entries(SIGNALS).map(([signal, code]) => [signal, () => process.exit(code)] as const);
  process.on('exit', remove);
  for (const [signal, end] of ends) process.on(signal, end);
  try {
    return await use(folder);
  } finally {
    for (const [signal, end] of ends) process.off(signal, end);
    process.off('exit', remove);
    remove();
  }
}
