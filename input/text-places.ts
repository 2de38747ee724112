import type { Node, Pair } from 'yaml';
import type { Problem } from '../constraints/finding';
import { pathInside } from '../model/file/path';
import type { YamlDocument } from './parsed-text';

/** Where a value of the file starts, and its key. */
interface Offsets {
  readonly key?: number;
  readonly value: number;
  readonly isScalar: boolean;
}

/**
 * Adds to problems the line and column that they are about: of the value, or of its key if the value is a list or an
 * object, or if the key is wrong. A problem of a missing value gets the place of what should contain it.
 */
export function placesIn({ document, lines }: YamlDocument): (problem: Problem) => Problem {
  let offsets: ReadonlyMap<string, Offsets> | undefined;
  return (problem) => {
    // Only for a file with problems: a fleet has many places.
    offsets ??= offsetsIn(document);
    const found = nearest(problem.path, offsets);
    if (found === undefined) return problem;
    const offset = found.isScalar && problem.check !== 'unknown-key' ? found.value : (found.key ?? found.value);
    const { line, col: column } = lines.linePos(offset);
    const { path, check, ...rest } = problem;
    return { path, check, line, column, ...rest };
  };
}

/** The offsets of a place, or of the nearest place around it that the file has. */
function nearest(path: string, offsets: ReadonlyMap<string, Offsets>): Offsets | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['), 0))) {
    const found = offsets.get(at);
    if (found !== undefined || at === '') return found;
  }
}

function offsetsIn(document: YamlDocument['document']): ReadonlyMap<string, Offsets> {
  const { isAlias, isMap, isScalar, isSeq } = require('yaml') as typeof import('yaml');
  const offsets = new Map<string, Offsets>();
  const queue: { readonly node: unknown; readonly path: string }[] = [];
  const add = (path: string, node: unknown, key?: Node) => {
    // A key of an object takes precedence over that of an object that is merged into it, which comes later.
    if (offsets.has(path)) return;
    const [value = 0, end] = (node as Node | null)?.range ?? key?.range ?? [];
    // A key without a value has an empty scalar after it.
    const isWritten = value !== end && (isScalar(node) || isAlias(node));
    offsets.set(path, { key: key?.range?.[0], value, isScalar: isWritten });
    queue.push({ node, path });
  };
  add('', document.contents);
  // A loop instead of recursion: a file can be deep.
  for (const { node: written, path } of queue) {
    const node = isAlias(written) ? written.resolve(document) : written;
    if (isSeq(node)) for (const [index, item] of node.items.entries()) add(pathInside(path, index), item);
    if (!isMap(node)) continue;
    for (const { key, value } of node.items as readonly Pair<Node, Node | null>[]) {
      // A merge key is read as a symbol; a quoted '<<' is a key like others.
      if (isScalar(key) && typeof key.value === 'symbol') {
        const merged = isAlias(value) ? value.resolve(document) : value;
        for (const part of isSeq(merged) ? merged.items : [merged]) queue.push({ node: part, path });
      } else add(pathInside(path, isScalar(key) ? String(key.value) : String(key)), value, key);
    }
  }
  return offsets;
}
