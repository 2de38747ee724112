import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder for the keys, tokens and logs of one run. Only its owner can access it. */
export interface PrivateFolder {
  readonly path: string;
  remove(): void;
}

/** Reads from a pipe that only this process holds. It retries, because killed programs can still write for a moment. */
const REMOVE_WITH_PARENT = 'read -r _; for _ in 1 2 3 4 5; do rm -rf -- "$1" && break; sleep 1; done';

/**
 * Creates the folder of a run. It is removed when this process ends, for whatever reason.
 * @param keep whether to keep it for inspection.
 */
export function createPrivateFolder(keep: boolean): PrivateFolder {
  // mkdtemp creates it with mode 0700.
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
