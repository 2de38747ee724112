import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Access, AccessError, type Day, readAccess } from '../model';
import { type AccessFormat, formatOf, parsedText, textOf } from './access-text';
import { commitFile } from './commit-file';
import { withoutFolder } from './evaluate-file';
import { evaluatedApart } from './evaluated-apart';
import { withFileName } from './input-problem';
import { inPrivateFolder } from './private-folder';

/** Where an access file that is compared comes from. */
export type ComparedFile =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'standard input'; readonly format: AccessFormat }
  | { readonly kind: 'commit'; readonly ref: string; readonly file: string };

/** The name of a file in a report. */
export function nameOf(compared: ComparedFile): string {
  switch (compared.kind) {
    case 'file':
      return compared.file;
    case 'standard input':
      return compared.kind;
    case 'commit':
      return `${compared.ref}:${compared.file}`;
  }
}

/**
 * Reads two access files to compare them: by today's schema and without checks, because one may have been written for
 * others. The code of a file runs in a process of its own, without credentials in its environment.
 * @param day the current day, for both.
 * @throws AccessError with what cannot be read in both.
 */
export async function comparedAccesses(
  files: readonly [old: ComparedFile, now: ComparedFile],
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

async function comparedAccess(compared: ComparedFile, day: Day): Promise<Access> {
  try {
    return readAccess(await inPrivateFolder((folder) => written(compared, folder)), day, []);
  } catch (error) {
    throw withFileName(error, nameOf(compared));
  }
}

async function written(compared: ComparedFile, privateFolder: string): Promise<unknown> {
  const cwd = process.cwd();
  switch (compared.kind) {
    case 'file': {
      const text = textOf(compared.file);
      const format = formatOf(compared.file);
      if (format !== 'ts') return parsedText(text, format);
      return evaluatedApart({
        file: resolve(compared.file),
        packages: cwd,
        privateFolder,
        cwd,
        named: withoutFolder(cwd),
      });
    }
    case 'standard input': {
      const text = readFileSync(0, 'utf8');
      if (compared.format !== 'ts') return parsedText(text, compared.format);
      const file = join(privateFolder, 'input.ts');
      writeFileSync(file, text);
      const named = (message: string) => withoutFolder(cwd)(message).replaceAll(file, compared.kind);
      return evaluatedApart({ file, moved: { file, folder: cwd }, packages: cwd, privateFolder, cwd, named });
    }
    case 'commit': {
      const { text, layOut } = commitFile(compared.ref, compared.file);
      const format = formatOf(compared.file);
      if (format !== 'ts') return parsedText(text, format);
      const { file, named } = layOut(join(privateFolder, 'tree'));
      const packages = dirname(resolve(compared.file));
      return evaluatedApart({ file, packages, privateFolder, cwd: dirname(file), named });
    }
  }
}
