/** A broken rule: what is wrong, what was given, what is allowed and how to fix it. */
export interface Finding {
  readonly message: string;
  readonly given: string;
  readonly allowed: string;
  readonly fix: string;
  /** Public page that documents the rule. */
  readonly source?: string;
}

/** A finding with its path in the access file. */
export interface Problem extends Finding {
  /** Where in the access file, such as `clusters.prod.region` or `grants[0].group`. */
  readonly path: string;
  /** The kebab-case name of the rule. */
  readonly check: string;
  /** Line of the place in a YAML or JSON file, from 1; unknown in TypeScript. */
  readonly line?: number;
  /** Column of the place in its line, from 1. */
  readonly column?: number;
}

/** A finding on one line, for the validation error of a construct. */
export function findingText({ message, given, allowed, fix }: Finding): string {
  return `${message} Given: ${given}. Allowed: ${allowed}. Fix: ${fix}`;
}

/** A value as messages show it: a string in quotes and cut at 80 characters, a list or object in summary. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `'${plain(value)}'`;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 5).map(plain).join(', ')}`;
  }
  return `a ${typeof value}`;
}

/** A text cut at 80 characters, with its invisible characters escaped. */
export function plain(text: string): string {
  return escaped(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}

/** A text with its invisible characters escaped as `\\n` or `\\u202e`, so that they cannot fake lines of a message. */
export function escaped(text: string): string {
  const json = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return json.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (letter) => `\\u${letter.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  );
}
