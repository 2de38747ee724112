import { resolve } from 'node:path';
import { ACCESS_FORMATS, type AccessFormat, formatOf } from './input/access-format';
import { evaluatedFile, exportProblem } from './input/evaluate-file';
import { withFileName } from './input/input-problem';
import { textOf } from './input/text-of';
import { type Access, AccessError, defineWritten, isDefinedAccess } from './model';

/** The path of the access file that the environment selects: `ACCESS_CONFIG`, or `access.config.ts`. */
export function selectedAccessFile(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env.ACCESS_CONFIG || 'access.config.ts';
}

/**
 * Reads an access file.
 * @param file path of a TypeScript, JavaScript, JSON, or YAML file, relative to the working directory; or `-` for
 * standard input.
 * @param inputFormat the format of standard input.
 * @throws AccessError with a message that starts with the file and lists every problem.
 */
export async function loadAccessFile(file: string, inputFormat?: AccessFormat): Promise<Access> {
  if (file === '-') return fromStandardInput(inputFormat);
  if (inputFormat !== undefined) throw new AccessError('--input-format is for standard input: write --file - with it.');
  try {
    const text = textOf(file);
    const format = formatOf(file);
    if (format === 'ts') return await fromCode(resolve(file));
    // Loaded here, because a TypeScript file does not need it.
    const { parsedText } = require('./input/parsed-text') as typeof import('./input/parsed-text');
    const { value, placed } = parsedText(text, format);
    return defineWritten(value, placed);
  } catch (error) {
    throw withFileName(error, file);
  }
}

async function fromCode(path: string): Promise<Access> {
  const access = await evaluatedFile(path);
  if (isDefinedAccess(access)) return access;
  throw exportProblem(access);
}

/** Reads standard input. Its code runs in a process of its own, as that of `diff` does. */
async function fromStandardInput(format: AccessFormat | undefined): Promise<Access> {
  if (format === undefined) {
    throw new AccessError(`Standard input (-) needs --input-format: ${ACCESS_FORMATS.join(', ')}.`);
  }
  const { inPrivateFolder } = require('./input/private-folder') as typeof import('./input/private-folder');
  const { nameOf, writtenFile } = require('./input/written-file') as typeof import('./input/written-file');
  const source = { kind: 'standard input', format } as const;
  try {
    const { value, placed } = await inPrivateFolder((folder) => writtenFile(source, folder));
    return defineWritten(value, placed);
  } catch (error) {
    throw withFileName(error, nameOf(source));
  }
}
