import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A member of an object type. */
export interface Member {
  /** Its docstring as one text: what it is, and its default. */
  readonly text: string;
  readonly type: string;
}

/** An object type, by the names of its members; a member of a map has the name `[]`. */
export type Shape = ReadonlyMap<string, Member>;

const code = readFileSync(join(__dirname, '../model/file/access-file.ts'), 'utf8');
const declared = new Map(
  [...code.matchAll(/^(?:export )?(?:interface (\w+)(?:<[^{]*?>)?(?: extends (\w+))? (?=\{)|type (\w+) =)/gm)].map(
    (found) => [
      found[1] ?? (found[3] as string),
      { base: found[2], type: typeAt(code, found.index + found[0].length) },
    ],
  ),
);

/** The object types that a type consists of: `{ … }`, named ones, and those of a list or a union. */
export function shapesOf(type: string): readonly Shape[] {
  const literals: Shape[] = [];
  let outside = '';
  for (let at = 0; at < type.length; at++) {
    if (type[at] !== '{') {
      outside += type[at];
      continue;
    }
    const end = closing(type, at);
    literals.push(membersOf(type.slice(at + 1, end)));
    at = end;
  }
  const named = [...outside.matchAll(/\b[A-Z]\w+/g)].flatMap(([name]) => {
    const found = declared.get(name);
    if (found === undefined) return [];
    const own = shapesOf(found.type);
    const base = found.base === undefined ? [] : shapesOf(found.base);
    return base.length === 0 ? own : own.map((shape) => new Map([...(base[0] as Shape), ...shape]));
  });
  return [...literals, ...named];
}

function membersOf(body: string): Shape {
  const members = new Map<string, Member>();
  const member = /\s*(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?readonly (\w+|\[[^\]]*\])\??:\s/y;
  for (let found = member.exec(body); found !== null; found = member.exec(body)) {
    const [, doc = '', name = ''] = found;
    const type = typeAt(body, member.lastIndex);
    members.set(name.startsWith('[') ? '[]' : name, { text: textOf(doc), type });
    member.lastIndex += type.length + 1;
  }
  return members;
}

/** The text of a type from a place to its end: a semicolon outside brackets, or the bracket after it. */
function typeAt(text: string, start: number): string {
  let at = start;
  while (at < text.length && text[at] !== ';' && text[at] !== '}') {
    at = /[{([<]/.test(text.charAt(at)) ? closing(text, at) + 1 : at + 1;
    if (text.slice(start, at).trimStart().startsWith('{') && text[at] === '\n') break;
  }
  return text.slice(start, at);
}

/** The place of the bracket that closes the one at a place. */
function closing(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    // A docstring can contain any bracket.
    if (text.startsWith('/**', at)) at = text.indexOf('*/', at) + 1;
    else if (/[{([<]/.test(text.charAt(at))) depth++;
    else if (/[})\]]/.test(text.charAt(at)) || (text[at] === '>' && text[at - 1] !== '=')) depth--;
    if (depth === 0) return at;
  }
  throw new Error(`A bracket of access-file.ts is not closed: ${text.slice(start, start + 40)}`);
}

function textOf(doc: string): string {
  const [sentence = '', preset] = doc
    .replaceAll(/\s*\n\s*\*?/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .split('@default');
  const lines = [sentence.trim(), ...(preset === undefined ? [] : [`Default: ${preset.trim().replace(/^- /, '')}.`])];
  return lines.filter((line) => line !== '').join('\n');
}
