/** Lines of a text that become others. */
interface Change {
  /** How many lines are before it, in the old text. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Lines around a change. */
const CONTEXT = 3;

/**
 * The difference between two texts in the unified format, as `patch` and `git apply` read it; empty if there is none.
 * @param name the name of the file, for its head. No text is empty.
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  const old = linesOf(before);
  const changes = changesBetween(old, linesOf(after));
  if (changes.length === 0) return '';
  let shift = 0;
  const hunks = together(changes).map((hunk) => {
    const first = hunk[0] as Change;
    const last = hunk.at(-1) as Change;
    const start = Math.max(first.at - CONTEXT, 0);
    const end = Math.min(last.at + last.removed.length + CONTEXT, old.length);
    const body: string[] = [];
    let at = start;
    for (const { at: changed, removed, added } of hunk) {
      body.push(...marked(' ', old.slice(at, changed)), ...marked('-', removed), ...marked('+', added));
      at = changed + removed.length;
    }
    body.push(...marked(' ', old.slice(at, end)));
    const grown = hunk.reduce((sum, { removed, added }) => sum + added.length - removed.length, 0);
    const head = `@@ -${span(start, end - start)} +${span(start + shift, end - start + grown)} @@\n`;
    shift += grown;
    return head + body.join('');
  });
  const path = name.replace(/^\/+/, '');
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

/** The lines of a text, with their line ends. */
function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '');
}

/** The changes from some lines to others. Each ends at the next line that both have: a patch changes few lines. */
function changesBetween(old: readonly string[], lines: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  for (let i = 0, j = 0; i < old.length || j < lines.length; ) {
    if (old[i] === lines[j]) {
      i++;
      j++;
      continue;
    }
    const [removed, added] = nextSame(old.slice(i), lines.slice(j));
    changes.push({ at: i, removed: old.slice(i, i + removed), added: lines.slice(j, j + added) });
    i += removed;
    j += added;
  }
  return changes;
}

/** How many lines of each to skip, the least in all, until they are the same or both end. */
function nextSame(old: readonly string[], lines: readonly string[]): readonly [removed: number, added: number] {
  for (let skipped = 1; skipped < old.length + lines.length; skipped++) {
    for (let removed = Math.min(skipped, old.length); removed >= 0 && skipped - removed <= lines.length; removed--) {
      const added = skipped - removed;
      const isEnd = removed === old.length && added === lines.length;
      if (isEnd || (removed < old.length && old[removed] === lines[added])) return [removed, added];
    }
  }
  return [old.length, lines.length];
}

/** Changes that share lines around them, together. */
function together(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const hunk = hunks.at(-1);
    const last = hunk?.at(-1);
    if (hunk !== undefined && last !== undefined && change.at - (last.at + last.removed.length) <= 2 * CONTEXT) {
      hunk.push(change);
    } else hunks.push([change]);
  }
  return hunks;
}

/** The place and number of lines in the head of a hunk. */
function span(before: number, count: number): string {
  return `${before + 1},${count}`;
}

function marked(sign: string, lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`));
}
