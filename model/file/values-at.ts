/**
 * Every value of a file at a place, with the segments of where it is.
 * @param place segments of the place; `*` is any name or index.
 */
export function valuesAt(
  value: unknown,
  place: readonly string[],
  segments: readonly PropertyKey[] = [],
): readonly { segments: readonly PropertyKey[]; value: unknown }[] {
  const [next, ...rest] = place;
  if (next === undefined) return [{ segments, value }];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    return next === '*' ? value.flatMap((item, index) => valuesAt(item, rest, [...segments, index])) : [];
  }
  return Object.entries(value)
    .filter(([key]) => next === '*' || key === next)
    .flatMap(([key, item]) => valuesAt(item, rest, [...segments, key]));
}
