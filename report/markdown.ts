import { escaped } from '../constraints/finding';
import { counted } from './words';

/** A name as inline code, so that nothing in it is Markdown, a mention or a reference. */
export function code(name: string): string {
  const text = escaped(name);
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const blank = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${blank}${text}${blank}${fence}`;
}

/** A sentence in which nothing is Markdown, a link, a mention, or a reference. */
export function words(text: string): string {
  return escaped(text).replaceAll(/[\\`*_{}[\]<>#|~@&!:]|(?<=\bwww)\./gi, '\\$&');
}

/**
 * A name as inline code in a table cell, where a `|` ends the cell even inside code.
 * @see https://github.github.com/gfm/#tables-extension-
 */
export function cellCode(name: string): string {
  return code(name).replaceAll('|', '\\|');
}

/** GitHub allows 65 536 characters in a comment. The difference leaves room for what a pipeline adds around a report. */
const MOST_CHARACTERS = 60_000;

/**
 * A text that fits into a comment on GitHub: the heading and as many lines as possible.
 * @param what the name of a line, such as `row`, to count those that are left out.
 */
export function comment(heading: string, lines: readonly string[], what: string): string {
  return heading + fitting(lines, MOST_CHARACTERS - heading.length, what).join('');
}

/**
 * As many of the first lines as fit into a number of characters, then how many are left out; all with their line ends.
 * @param what the name of a line.
 */
export function fitting(lines: readonly string[], characters: number, what: string): readonly string[] {
  let length = 0;
  const first = lines.findIndex((line) => {
    length += line.length + 1;
    return length > characters;
  });
  const ended = lines.map((line) => `${line}\n`);
  if (first < 0) return ended;
  const leftOut = counted(lines.length - first, what);
  return [
    ...ended.slice(0, first),
    `\n**${leftOut} left out** to fit into a comment. Other formats contain everything.\n`,
  ];
}
