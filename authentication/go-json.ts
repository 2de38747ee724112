/**
 * A JSON value as Go's encoding/json reads it: numbers keep their text, and objects keep all their members, in order and with
 * duplicates.
 */
export type GoJson = null | boolean | string | GoNumber | readonly GoJson[] | GoObject;

/** A number as it was written. */
export class GoNumber {
  constructor(readonly text: string) {}
}

/** An object with all members as they were written. */
export class GoObject {
  constructor(readonly members: readonly (readonly [string, GoJson])[]) {}

  /** The last member with exactly this name, as in a Go map; undefined if there is none. */
  get(name: string): GoJson | undefined {
    return this.members.findLast(([own]) => own === name)?.[1];
  }

  /** The values that Go reads into a struct field of this name, one after the other: it ignores case. */
  field(name: string): readonly GoJson[] {
    return this.members.filter(([own]) => folded(own) === name).map(([, value]) => value);
  }
}

/** The most levels of nesting that encoding/json reads. */
export const MOST_LEVELS = 10_000;

/**
 * Parses JSON as Go does; fails with a `SyntaxError`. Text that is not valid UTF-8 becomes U+FFFD, one for each byte.
 * @param mostLevels of nesting.
 * @see https://pkg.go.dev/encoding/json#Unmarshal
 */
export function parseGoJson(bytes: Uint8Array, mostLevels: number = MOST_LEVELS): GoJson {
  return new Parser(goText(bytes), mostLevels).parse();
}

/** The lower-case ASCII name that Go takes a name for. Two other letters fold to ASCII ones. */
function folded(name: string): string {
  return name
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll('\u017f', 's')
    .replaceAll('\u212a', 'k');
}

/** Go replaces each byte that is not part of a valid character, where `TextDecoder` replaces a sequence of them at once. */
function goText(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    // Falls through to the slow way.
  }
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at, decoder);
    text += length === 0 ? '\ufffd' : decoder.decode(bytes.subarray(at, at + length));
    at += length || 1;
  }
  return text;
}

/** Number of bytes of the character at an index; 0 if there is no valid one. */
function characterLength(bytes: Uint8Array, at: number, decoder: InstanceType<typeof TextDecoder>): number {
  const first = bytes[at] as number;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  try {
    return [...decoder.decode(bytes.subarray(at, at + length))].length === 1 ? length : 0;
  } catch {
    return 0;
  }
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"[ !#-[\]-\u{10ffff}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\u{10ffff}]*)*"/uy;
const LITERALS: readonly (readonly [string, GoJson])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
];

/** A list or an object that has not ended yet. */
type Open = { readonly list: GoJson[] } | { readonly members: [string, GoJson][] };

/** Without recursion, because a token can have more levels than a stack. */
class Parser {
  private at = 0;
  private readonly open: Open[] = [];

  constructor(
    private readonly text: string,
    private readonly mostLevels: number,
  ) {}

  parse(): GoJson {
    for (;;) {
      let value = this.begin();
      // Ends every list and object that ends here.
      while (value !== undefined && this.open.length > 0) value = this.end(value);
      if (value === undefined) continue;
      this.skipSpace();
      if (this.at < this.text.length) this.fail();
      return value;
    }
  }

  /** A whole value; undefined if a list or object with content begins here. */
  private begin(): GoJson | undefined {
    this.skipSpace();
    const opened: Open | undefined = this.take('[') ? { list: [] } : this.take('{') ? { members: [] } : undefined;
    if (opened === undefined) return this.scalar();
    if (this.open.push(opened) > this.mostLevels) throw new SyntaxError('exceeded max depth');
    this.skipSpace();
    if (this.take('list' in opened ? ']' : '}')) return this.close();
    if ('members' in opened) this.name(opened.members);
    return undefined;
  }

  /** Adds a value to the open list or object. Returns the list or object if it ends here. */
  private end(value: GoJson): GoJson | undefined {
    const container = this.open.at(-1) as Open;
    if ('list' in container) container.list.push(value);
    else (container.members.at(-1) as [string, GoJson])[1] = value;
    this.skipSpace();
    if (this.take(',')) {
      if ('members' in container) this.name(container.members);
      return undefined;
    }
    if (!this.take('list' in container ? ']' : '}')) this.fail();
    return this.close();
  }

  private close(): GoJson {
    const container = this.open.pop() as Open;
    return 'list' in container ? container.list : new GoObject(container.members);
  }

  private name(members: [string, GoJson][]): void {
    this.skipSpace();
    members.push([this.string() ?? this.fail(), null]);
    this.skipSpace();
    if (!this.take(':')) this.fail();
  }

  private scalar(): GoJson {
    const text = this.string();
    if (text !== undefined) return text;
    const number = this.match(NUMBER);
    if (number !== undefined) return new GoNumber(number);
    const literal = LITERALS.find(([name]) => this.take(name));
    return literal === undefined ? this.fail() : literal[1];
  }

  private string(): string | undefined {
    const source = this.match(STRING);
    // Go replaces half a surrogate pair.
    return source === undefined ? undefined : (JSON.parse(source) as string).replace(/\p{Surrogate}/gu, '\ufffd');
  }

  private skipSpace(): void {
    this.match(SPACE);
  }

  private take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    this.at += found?.length ?? 0;
    return found;
  }

  private fail(): never {
    throw new SyntaxError(`invalid JSON at character ${this.at}`);
  }
}
