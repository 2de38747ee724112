import { randomUUID } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AccessError } from '../constraints/access-error';
import { escaped } from '../constraints/finding';

export interface WholeFileOptions {
  /** @default - that of the file; of a new one, what the process gives new files */
  readonly mode?: number;
  /** Whether to make a folder that does not exist, for its owner only. @default false */
  readonly makesFolder?: boolean;
}

/**
 * Writes a file as a whole or not at all: into a new file beside it, which then takes its place. A symbolic link stays, and
 * its target is written. The owner stays.
 * @throws AccessError if it cannot be written.
 */
export function writeWholeFile(file: string, text: string, { mode, makesFolder = false }: WholeFileOptions = {}): void {
  orExplained(`${escaped(file)} could not be written`, () => {
    const target = targetOf(file);
    if (makesFolder) makePrivateFolder(dirname(target));
    const found = statSync(target, { throwIfNoEntry: false });
    const unfinished = `${target}.${randomUUID()}`;
    try {
      const descriptor = openSync(unfinished, 'wx', mode ?? 0o666);
      try {
        writeFileSync(descriptor, text);
        if (mode === undefined && found !== undefined) fchmodSync(descriptor, found.mode);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      keepOwner(unfinished, target);
      renameSync(unfinished, target);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw error;
    }
  });
}

/**
 * Makes a folder with its parents, for its owner only; one that exists stays. Node's own way to make the parents does not
 * end where the system refuses a folder as if its parent were missing, such as in `/proc`.
 */
export function makePrivateFolder(folder: string): void {
  if (existsSync(folder)) return;
  makePrivateFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another program has made it in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The file behind symbolic links, which does not have to exist. */
function targetOf(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const link = linkOf(file);
    return link === undefined ? resolve(file) : targetOf(resolve(dirname(file), link));
  }
}

function linkOf(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}

/** A file that root writes for somebody stays theirs. */
function keepOwner(file: string, like: string): void {
  const found = statSync(like, { throwIfNoEntry: false });
  const { uid, gid } = statSync(file);
  if (found !== undefined && (found.uid !== uid || found.gid !== gid)) chownSync(file, found.uid, found.gid);
}

/** Does something with files. What fails is an AccessError that starts with these words. */
export function orExplained<Result>(what: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (AccessError.is(error)) throw error;
    throw new AccessError(`${what}: ${escaped((error as Error).message)}`);
  }
}
