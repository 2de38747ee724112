import { escaped } from '../constraints/finding';

/** A name as code: nothing in it is markup, a mention of somebody or a reference. */
export function code(name: string): string {
  const text = escaped(name);
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const blank = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${blank}${text}${blank}${fence}`;
}

/**
 * A name as code in a cell of a table, which a bar would end even there.
 * @see https://github.github.com/gfm/#tables-extension-
 */
export function cellCode(name: string): string {
  return code(name).replaceAll('|', '\\|');
}

/** What GitHub takes in a comment is 65 536 characters; the rest is for what a pipeline puts around a report. */
const MOST_CHARACTERS = 60_000;

/**
 * A text that fits into a comment on GitHub: as many of the lines as it takes.
 * @param leftOut the last line where some are left out, by their number.
 */
export function comment(heading: string, lines: readonly string[], leftOut: (lines: number) => string): string {
  return heading + fitting(lines, MOST_CHARACTERS - heading.length, leftOut).join('');
}

/**
 * The first lines with their ends, as many as take no more than the characters.
 * @param leftOut the last line where some are left out, by their number.
 */
export function fitting(
  lines: readonly string[],
  characters: number,
  leftOut: (lines: number) => string,
): readonly string[] {
  let length = 0;
  const first = lines.findIndex((line) => {
    length += line.length + 1;
    return length > characters;
  });
  const ended = lines.map((line) => `${line}\n`);
  return first < 0 ? ended : [...ended.slice(0, first), `\n${leftOut(lines.length - first)}\n`];
}
