import { abbreviated } from './abbreviated';
import { escaped, plain } from './finding';

/**
 * The allowed name that a typo most likely meant, or undefined where none is near.
 * Near: at most two letters or a third of them differ, but not all; case is ignored.
 */
export function nearestName(given: string, allowed: readonly string[]): string | undefined {
  return nearestNames(given, allowed)[0];
}

/** The allowed names that a typo most likely meant: those that are equally near, in their order; none where none is near. */
export function nearestNames(given: string, allowed: readonly string[]): readonly string[] {
  const near = allowed
    .map((name) => {
      const most = Math.max(2, name.length / 3);
      return { name, most, distance: editDistance(given.toLowerCase(), name.toLowerCase(), most) };
    })
    .filter(({ name, most, distance }) => distance <= most && distance < Math.min(given.length, name.length))
    .sort((a, b) => a.distance - b.distance);
  return [...new Set(near.filter(({ distance }) => distance === near[0]?.distance).map(({ name }) => name))];
}

/** A sentence with the allowed name that a typo most likely meant, behind another one; empty where none is near. */
export function didYouMean(given: string, allowed: readonly string[]): string {
  const nearest = nearestName(given, allowed);
  return nearest === undefined ? '' : ` Did you mean '${escaped(nearest)}'?`;
}

/** Names for an `allowed:` line: up to eleven, or the first ten and how many more. */
export function nameList(names: readonly string[]): string {
  return abbreviated(
    names.map((name) => plain(name) || "''"),
    11,
  );
}

/**
 * Levenshtein distance: insertions, deletions and replacements of one letter.
 * @param most a larger distance is not computed, but Infinity.
 */
function editDistance(a: string, b: string, most: number): number {
  const letters = [...b];
  if (Math.abs([...a].length - letters.length) > most) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: letters.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of letters.entries()) {
      const replaced = (previous[column] as number) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] as number) + 1, (current[column] as number) + 1));
    }
    // No later row has a smaller distance.
    if (Math.min(...current) > most) return Number.POSITIVE_INFINITY;
    previous = current;
  }
  return previous[letters.length] as number;
}
