import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import { pause } from '../../input/pause';
import { makePrivateFolder, orExplained, writeWholeFile } from '../whole-file';

/** The longest file that is read, in bytes. A kubeconfig with 1000 clusters has about 3 MB. */
const LONGEST = 64 * 1024 * 1024;

/**
 * Reads a text file; undefined if it does not exist.
 * @throws AccessError if it cannot be read, is no file, is too long, or is not in UTF-8.
 */
export function readTextFile(file: string): string | undefined {
  return orExplained(`${escaped(file)} could not be read`, () => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    if (!found.isFile()) throw new AccessError(`${escaped(file)} is not a file.`);
    if (found.size > LONGEST) throw new AccessError(`${escaped(file)} has more than ${LONGEST / 1024 / 1024} MB.`);
    const bytes = readFileSync(file);
    if (!isUtf8(bytes)) throw new AccessError(`${escaped(file)} is not a text in UTF-8.`);
    return bytes.toString('utf8');
  });
}

/**
 * Writes a file that only its owner can read, as a whole or not at all. Its folder is made if it does not exist.
 * @throws AccessError if it cannot be written.
 */
export function writePrivateFile(file: string, text: string): void {
  writeWholeFile(file, text, { mode: 0o600, makesFolder: true });
}

/** How often a lock that somebody else holds is tried, and how long to wait between, in milliseconds. */
const TRIES = 20;
const WAIT_MS = 100;

/**
 * Does something while no other program changes a kubeconfig: kubectl makes the same lock file.
 * @throws AccessError if somebody else holds the lock for two seconds.
 * @see https://github.com/kubernetes/client-go/blob/v0.36.3/tools/clientcmd/loader.go#L471
 */
export function withLock<Result>(file: string, action: () => Result): Result {
  const lock = `${file}.lock`;
  orExplained(`${escaped(lock)} could not be made`, () => {
    makePrivateFolder(dirname(lock));
    takeLock(lock, file);
  });
  try {
    return action();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string, file: string): void {
  for (let tries = 1; ; tries++) {
    try {
      closeSync(openSync(lock, 'wx', 0o600));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (tries === TRIES) {
        throw new AccessError(
          `${escaped(lock)} exists: another program, such as kubectl config, is changing ${escaped(file)}. Wait until it ends; if none runs, delete the lock file.`,
        );
      }
      // The whole merge is synchronous, so that a signal cannot end it between two steps.
      pause(WAIT_MS);
    }
  }
}
