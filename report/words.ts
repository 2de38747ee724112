import { abbreviated } from '../constraints/abbreviated';

/** A number of things, such as `1 group` or `2 groups`. */
export function counted(number: number, what: string, plural = `${what}s`): string {
  return `${number} ${number === 1 ? what : plural}`;
}

/**
 * Names in a sentence, such as `a, b and c`.
 * @param most if there are more names, the last place counts the rest, as in `a, b and 7 more`.
 */
export function enumerated(names: readonly string[], most: number = names.length): string {
  if (names.length > most) return abbreviated(names, most);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
