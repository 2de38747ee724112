import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type AccessFormat, formatOf } from './access-format';
import { commitFile } from './commit-file';
import { withoutFolder } from './evaluate-file';
import { evaluatedApart } from './evaluated-apart';
import { type ParsedText, parsedText } from './parsed-text';
import { textOf } from './text-of';

/** Where an access file comes from. */
export type FileSource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'standard input'; readonly format: AccessFormat }
  | { readonly kind: 'commit'; readonly ref: string; readonly file: string };

/** The name of a file in a report. */
export function nameOf(source: FileSource): string {
  switch (source.kind) {
    case 'file':
      return source.file;
    case 'standard input':
      return source.kind;
    case 'commit':
      return `${source.ref}:${source.file}`;
  }
}

/** What an access file says, as it is written; with the places in its text, if it is data. */
export type WrittenFile = Pick<ParsedText, 'value'> & Partial<ParsedText>;

/**
 * Reads what an access file says. The code of a TypeScript file runs in a process of its own, without credentials in its
 * environment.
 * @param privateFolder a folder of this run.
 * @throws AccessError if the file cannot be read.
 */
export async function writtenFile(source: FileSource, privateFolder: string): Promise<WrittenFile> {
  const cwd = process.cwd();
  switch (source.kind) {
    case 'file': {
      const text = textOf(source.file);
      const format = formatOf(source.file);
      if (format !== 'ts') return parsedText(text, format);
      const file = resolve(source.file);
      return { value: await evaluatedApart({ file, packages: cwd, privateFolder, cwd, named: withoutFolder(cwd) }) };
    }
    case 'standard input': {
      const text = textOf(0);
      if (source.format !== 'ts') return parsedText(text, source.format);
      const file = join(privateFolder, 'input.ts');
      writeFileSync(file, text);
      const named = (message: string) => withoutFolder(cwd)(message).replaceAll(file, source.kind);
      const moved = { file, folder: cwd };
      return { value: await evaluatedApart({ file, moved, packages: cwd, privateFolder, cwd, named }) };
    }
    case 'commit': {
      const { text, layOut } = commitFile(source.ref, source.file);
      const format = formatOf(source.file);
      if (format !== 'ts') return parsedText(text, format);
      const { file, named } = layOut(join(privateFolder, 'tree'));
      const packages = dirname(resolve(source.file));
      return { value: await evaluatedApart({ file, packages, privateFolder, cwd: dirname(file), named }) };
    }
  }
}
