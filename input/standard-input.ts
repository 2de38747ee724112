import { readSync } from 'node:fs';
import { pause } from './pause';

const WAIT_MILLISECONDS = 10;

/** Everything that comes from standard input; fails with an error of the file system. */
export function standardInput(): Buffer {
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(65_536);
  for (;;) {
    try {
      const length = readSync(0, chunk);
      if (length === 0) return Buffer.concat(chunks);
      chunks.push(Buffer.from(chunk.subarray(0, length)));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // What Windows reports at the end.
      if (code === 'EOF') return Buffer.concat(chunks);
      // A pipe that another program has made non-blocking has nothing yet.
      if (code !== 'EAGAIN') throw error;
      pause(WAIT_MILLISECONDS);
    }
  }
}
