import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of one run, which only its owner can enter: keys, tokens, logs. */
export interface PrivateFolder {
  readonly path: string;
  remove(): void;
}

/** Waits on a pipe that only the run holds; programs that are being killed may write for another moment. */
const REMOVE_WITH_PARENT = 'read -r _; for _ in 1 2 3 4 5; do rm -rf -- "$1" && break; sleep 1; done';

/**
 * Makes the folder of a run, which is gone when this process is, however that ends.
 * @param keep whether to leave it there for inspection.
 */
export function createPrivateFolder(keep: boolean): PrivateFolder {
  // mkdtemp gives mode 0700.
  const path = mkdtempSync(join(tmpdir(), 'okta-eks-access-'));
  if (keep) return { path, remove() {} };
  const keeper = spawn('/bin/sh', ['-c', REMOVE_WITH_PARENT, 'sh', path], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keeper.unref();
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true, maxRetries: 5 });
      keeper.stdin.destroy();
    },
  };
}
