import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The ids of the processes whose working directory is in a folder. */
export function processesIn(folder: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readlinkSync(join('/proc', pid, 'cwd')).startsWith(folder);
    } catch {
      // The process has ended or belongs to another user.
      return false;
    }
  });
}
