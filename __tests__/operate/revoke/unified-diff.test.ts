import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unifiedDiff } from '../../../operate/revoke/unified-diff';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diff-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A text after git has applied a patch to it. */
function applied(before: string, patch: string): string {
  writeFileSync(join(folder, 'a.txt'), before);
  const { status, stderr } = spawnSync('git', ['apply', '--unidiff-zero', '-'], {
    cwd: folder,
    input: patch,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(join(folder, 'a.txt'), 'utf8');
}

test('is empty for the same text', () => {
  expect(unifiedDiff('a.txt', 'a\n', 'a\n')).toBe('');
});

test('has three lines around a change, and one hunk for changes that share them', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `${at}\n`);
  const without = (...left: number[]) => lines.filter((_, at) => !left.includes(at)).join('');

  expect(unifiedDiff('/x/a.txt', lines.join(''), without(5, 9, 19))).toBe(
    '--- a/x/a.txt\n+++ b/x/a.txt\n@@ -3,11 +3,9 @@\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n-9\n 10\n 11\n 12\n@@ -17,4 +15,3 @@\n 16\n 17\n 18\n-19\n',
  );
});

test('makes the other text with git, whatever the two are', () => {
  const text = fc
    .tuple(
      fc.array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', '- x\n'), { maxLength: 12 }),
      fc.constantFrom('', 'end'),
    )
    .map(([lines, end]) => lines.join('') + end);

  fc.assert(
    fc.property(text, text, (before, after) => {
      // git makes no file from an empty one in this way, and removes one that gets empty.
      fc.pre(before !== '' && after !== '' && before !== after);
      expect(applied(before, unifiedDiff('a.txt', before, after))).toBe(after);
    }),
    { numRuns: 60 },
  );
});
