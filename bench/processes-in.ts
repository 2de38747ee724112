import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The programs that run in a folder, by their process ids. */
export function processesIn(folder: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readlinkSync(join('/proc', pid, 'cwd')).startsWith(folder);
    } catch {
      // It has ended, or is somebody else's.
      return false;
    }
  });
}
