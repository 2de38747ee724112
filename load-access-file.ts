import { resolve } from 'node:path';
import { formatOf, parsedText, textOf } from './input/access-text';
import { evaluatedFile, exportProblem } from './input/evaluate-file';
import { withFileName } from './input/input-problem';
import { type Access, defineAccess, isDefinedAccess } from './model';

/** The path of the access file that the environment selects: `ACCESS_CONFIG`, or `access.config.ts`. */
export function selectedAccessFile(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env.ACCESS_CONFIG || 'access.config.ts';
}

/**
 * Reads an access file.
 * @param file path of a `.ts`, `.json`, `.jsonc`, `.yaml` or `.yml` file, relative to the working directory.
 * @throws AccessError with a message that starts with the file and lists every problem.
 */
export function loadAccessFile(file: string): Access {
  try {
    const text = textOf(file);
    const format = formatOf(file);
    return format === 'ts' ? fromTypeScript(resolve(file)) : defineAccess(parsedText(text, format) as never);
  } catch (error) {
    throw withFileName(error, file);
  }
}

function fromTypeScript(path: string): Access {
  const access = evaluatedFile(path);
  if (isDefinedAccess(access)) return access;
  throw exportProblem(access);
}
