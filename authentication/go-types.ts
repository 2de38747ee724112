import { type GoJson, GoNumber, GoObject } from './go-json';

/** A JSON value that Go cannot read into a type. */
export class GoTypeError extends Error {
  override readonly name = 'GoTypeError';
}

/** The value of a `string` after Go has read these values into it. Null changes nothing. */
export function goString(values: readonly GoJson[], name: string): string {
  return values.reduce<string>((before, value) => {
    if (typeof value !== 'string' && value !== null) throw new GoTypeError(`${name} is not a string`);
    return value ?? before;
  }, '');
}

/** The value of a `[]string`; undefined if Go cannot read it. */
export function goStrings(value: GoJson): readonly string[] | undefined {
  if (value === null) return [];
  if (!isList(value) || !value.every((item) => typeof item === 'string' || item === null)) return undefined;
  return value.map((item) => (item as string | null) ?? '');
}

/** The value of a `map[string]string` after Go has read these values into it. Null empties it. */
export function goStringMap(values: readonly GoJson[], name: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const [key, value] of membersOf(values, name)) map.set(key, goString([value], `${name}.${key}`));
  return map;
}

/** The members of maps that Go reads into the same map. Null drops those before it. */
export function membersOf(values: readonly GoJson[], name: string): readonly (readonly [string, GoJson])[] {
  if (!values.every((value) => value === null || value instanceof GoObject)) {
    throw new GoTypeError(`${name} is not an object`);
  }
  return values.slice(values.lastIndexOf(null) + 1).flatMap((value) => (value as GoObject).members);
}

/** Whether Go can read a number without a type, which is a float64. */
export function isFloat({ text }: GoNumber): boolean {
  return Number.isFinite(Number(text));
}

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const LEAST = -(2n ** 63n);

/** The int64 that go-oidc reads a time claim into: a number, or a number in quotes. Numbers outside of int64 become the least one. */
export function goSeconds(value: GoJson, name: string): bigint {
  const text = value instanceof GoNumber ? value.text : value;
  if (typeof text !== 'string' || !JSON_NUMBER.test(text) || !Number.isFinite(Number(text))) {
    throw new GoTypeError(`${name} is not a number`);
  }
  // Digits alone are read exactly; everything else is a float64 first.
  const exact = /^-?\d+$/.test(text) ? BigInt(text) : undefined;
  if (exact !== undefined && exact === BigInt.asIntN(64, exact)) return exact;
  const float = BigInt(Math.trunc(Number(text)));
  return float === BigInt.asIntN(64, float) ? float : LEAST;
}

/** Seconds of Go's `time.Time` since the year 1. They overflow for times near the end of int64. */
export function goTime(unixSeconds: bigint): bigint {
  return BigInt.asIntN(64, unixSeconds + 62_135_596_800n);
}

/** Bytes of base64url without padding; undefined if Go refuses it. Go ignores line breaks and the unused bits of the last character. */
export function goBase64Url(text: string): Buffer | undefined {
  const characters = text.replaceAll(/[\r\n]/g, '');
  if (!/^[\w-]*$/.test(characters) || characters.length % 4 === 1) return undefined;
  return Buffer.from(characters, 'base64url');
}

function isList(value: GoJson): value is readonly GoJson[] {
  return Array.isArray(value);
}
