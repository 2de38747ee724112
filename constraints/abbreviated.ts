/** Names separated by commas; if there are more than `most`, the last place counts the rest, as in `a, b and 7 more`. */
export function abbreviated(names: readonly string[], most: number): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}
