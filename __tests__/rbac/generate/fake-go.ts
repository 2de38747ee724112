import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with a `go` that prints fixed answers, first in PATH until it is removed. */
export interface FakeGo {
  /** Sets the next answer; `go` also writes its arguments to the file `asked`. */
  answers(answer: { readonly stdout?: string; readonly stderr?: string }): void;
  readonly asked: string;
  remove(): void;
}

export function fakeGo(): FakeGo {
  const folder = mkdtempSync(join(tmpdir(), 'go-'));
  const path = process.env.PATH;
  const asked = join(folder, 'asked');
  process.env.PATH = `${folder}:${path}`;
  return {
    asked,
    answers: ({ stdout = '', stderr = '' }) => {
      writeFileSync(join(folder, 'stdout'), stdout);
      writeFileSync(join(folder, 'stderr'), stderr);
      const script = `#!/bin/sh\necho "$@" > ${asked}\ncat ${folder}/stdout\ncat ${folder}/stderr >&2\nexit 1\n`;
      writeFileSync(join(folder, 'go'), script, { mode: 0o755 });
    },
    remove: () => {
      process.env.PATH = path;
      rmSync(folder, { recursive: true });
    },
  };
}
