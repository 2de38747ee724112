interface Ranked {
  readonly id: string;
  readonly priority: number;
}

/**
 * Puts an object at its priority, as Okta does: priorities are 1 to n without gaps, and what was there moves back.
 * @param wanted the priority. @default - the last
 */
export function placed<Thing extends Ranked>(
  things: readonly Thing[],
  thing: Thing,
  wanted: number | undefined,
): readonly Thing[] {
  const others = things.filter(({ id }) => id !== thing.id);
  const index = wanted === undefined ? others.length : Math.min(Math.max(wanted, 1) - 1, others.length);
  return renumbered(others.toSpliced(index, 0, thing));
}

/** Priorities without the gap of an object that was removed. */
export function renumbered<Thing extends Ranked>(things: readonly Thing[]): readonly Thing[] {
  return things.map((thing, index) => ({ ...thing, priority: index + 1 }));
}
