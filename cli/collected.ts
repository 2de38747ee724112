/** The values of an option that can be repeated, for its `argParser`. */
export function collected(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
