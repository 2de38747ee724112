import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** The files of a commit. */
export interface Tree {
  /** The text of a file; undefined if the commit does not have it. */
  textOf(path: string): string | undefined;
}

/** A file of a commit, or a link. */
export interface TreeEntry {
  readonly isLink: boolean;
  readonly hash: string;
}

/** A tree that follows links. */
export function treeOf(entryOf: (path: string) => TreeEntry | undefined, textOfBlob: (hash: string) => string): Tree {
  const textOf = (path: string, links = 0): string | undefined => {
    const entry = entryOf(path);
    if (entry === undefined || links > MOST_LINKS) return undefined;
    const text = textOfBlob(entry.hash);
    return entry.isLink ? textOf(posix.join(posix.dirname(path), text), links + 1) : text;
  };
  return { textOf };
}

/** More links that lead to links are a loop. */
const MOST_LINKS = 40;

/** Writes a file and everything that it imports relatively, except the model, into a folder. */
export function layOut(path: string, tree: Tree, folder: string): string {
  for (const imported of withImports(path, tree)) {
    const place = join(folder, imported);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, tree.textOf(imported) ?? '');
  }
  return join(folder, path);
}

/** The path of a file and those of everything that it imports relatively, except the model. */
export function withImports(path: string, tree: Tree): readonly string[] {
  const found = new Set([path]);
  for (const file of found) {
    for (const [, specifier] of (tree.textOf(file) ?? '').matchAll(RELATIVE_IMPORT)) {
      const target = posix.join(posix.dirname(file), specifier ?? '');
      // The program's model is today's.
      if (tree.textOf(posix.join(target.replace(/\/index(\.[jt]s)?$/, ''), 'define-access.ts')) !== undefined) continue;
      const imported = CANDIDATES.map((candidate) => candidate(target)).find((name) => tree.textOf(name) !== undefined);
      if (imported !== undefined) found.add(imported);
    }
  }
  return [...found];
}

/** What follows `from`, `import`, or `require`. Something else that looks like it does no harm. */
const RELATIVE_IMPORT = /\b(?:from|import|require)\s*\(?\s*['"`](\.{1,2}(?:\/[^'"`\n]*)?)['"`]/g;

/** The files that an import can mean. */
const CANDIDATES: readonly ((target: string) => string)[] = [
  (target) => target,
  ...['.ts', '.tsx', '.cts', '.mts', '.js', '.cjs', '.mjs', '.json'].map(
    (extension) => (target: string) => `${target}${extension}`,
  ),
  ...['.ts', '.cts', '.mts'].map((extension) => (target: string) => target.replace(/\.([cm]?)js$/, extension)),
  ...['index.ts', 'index.js', 'index.json'].map((index) => (target: string) => posix.join(target, index)),
];
