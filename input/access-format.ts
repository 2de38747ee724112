import { extname } from 'node:path';
import { inputProblem } from './input-problem';

/** The formats of an access file. `ts` is TypeScript and JavaScript, which are run. */
export const ACCESS_FORMATS = ['ts', 'json', 'jsonc', 'yaml'] as const;

export type AccessFormat = (typeof ACCESS_FORMATS)[number];

/** The formats of an access file that is data. */
export type TextFormat = Exclude<AccessFormat, 'ts'>;

const FORMATS: Readonly<Record<string, AccessFormat>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.js': 'ts',
  '.mjs': 'ts',
  '.cjs': 'ts',
  '.json': 'json',
  '.jsonc': 'jsonc',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};

/** The extensions of access files, as messages list them. */
export const ACCESS_EXTENSIONS = Object.keys(FORMATS).join(', ');

/**
 * The format of a file by its extension.
 * @throws AccessError for an unknown extension.
 */
export function formatOf(file: string): AccessFormat {
  const extension = extname(file);
  const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
  if (format !== undefined) return format;
  throw inputProblem(
    'The access file has no supported extension.',
    extension === '' ? 'no extension' : `the extension ${extension}`,
    ACCESS_EXTENSIONS,
    'Rename it, or set ACCESS_CONFIG to another file.',
  );
}
