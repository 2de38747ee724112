/** Compares texts by code units: the same order on every machine, without the cost of a locale. */
export function byCodeUnits(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
