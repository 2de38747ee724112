import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The file of the first of these programs on PATH; undefined if none is there.
 * @param path the value of PATH.
 */
export function programOnPath(names: readonly string[], path: string): string | undefined {
  return names.flatMap((name) => path.split(delimiter).map((folder) => join(folder, name))).find(isExecutable);
}

/** Whether a file can be run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
