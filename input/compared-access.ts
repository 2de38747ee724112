import { type Access, AccessError, type Day, readAccess } from '../model';
import { withFileName } from './input-problem';
import { inPrivateFolder } from './private-folder';
import { type FileSource, nameOf, writtenFile } from './written-file';

/**
 * Reads two access files to compare them: by today's schema and without checks, because one may have been written for
 * others. The code of a file runs in a process of its own, without credentials in its environment.
 * @param day the current day, for both.
 * @throws AccessError with what cannot be read in both.
 */
export async function comparedAccesses(
  files: readonly [old: FileSource, now: FileSource],
  day: Day,
): Promise<readonly [before: Access, after: Access]> {
  const read = await Promise.allSettled(files.map((file) => comparedAccess(file, day)));
  const errors = read.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  const unknown = errors.find((error) => !AccessError.is(error));
  if (unknown !== undefined) throw unknown;
  const known = errors.filter(AccessError.is);
  if (known.length > 0) {
    const messages = [...new Set(known.map(({ message }) => message))];
    throw new AccessError(
      messages.join('\n\n'),
      known.flatMap(({ problems }) => problems),
    );
  }
  return read.map((result) => (result as PromiseFulfilledResult<Access>).value) as unknown as [Access, Access];
}

async function comparedAccess(source: FileSource, day: Day): Promise<Access> {
  try {
    const { value, placed } = await inPrivateFolder((folder) => writtenFile(source, folder));
    return readAccess(value, day, [], placed);
  } catch (error) {
    throw withFileName(error, nameOf(source));
  }
}
