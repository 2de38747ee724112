import { stripVTControlCharacters } from 'node:util';
import { escaped } from '../constraints/finding';

const NOT_PLAIN = /\p{Cc}\[\d{1,3}m|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A text that is safe on a terminal: control characters are escaped, except line breaks and the colors of this program.
 * @param columns the width at which long lines are wrapped, with the indentation of the line plus two; undefined for a
 * stream that is not a terminal.
 */
export function terminalText(text: string, columns: number | undefined): string {
  const safe = text.replaceAll(NOT_PLAIN, (match) => (match === '\n' || isColor(match) ? match : escaped(match)));
  // A terminal that does not know its width says 0.
  if (columns === undefined || columns === 0) return safe;
  return safe
    .split('\n')
    .map((line) => wrapped(line, columns))
    .join('\n');
}

const ESCAPE = 0x1b;

function isColor(match: string): boolean {
  return match.length > 1 && match.charCodeAt(0) === ESCAPE;
}

function wrapped(line: string, columns: number): string {
  if (width(line) <= columns) return line;
  const [indentation = ''] = /^ */.exec(line) ?? [];
  const lines: string[] = [];
  let current = indentation;
  for (const [chunk] of line.slice(indentation.length).matchAll(/ *[^ ]+/g)) {
    if (width(current + chunk) > columns && current.trim() !== '') {
      lines.push(current);
      current = `${indentation}  ${chunk.trimStart()}`;
    } else current += chunk;
  }
  return [...lines, current].join('\n');
}

function width(text: string): number {
  return stripVTControlCharacters(text).length;
}
