import { createPublicKey, type KeyObject } from 'node:crypto';
import { type GoJson, GoObject } from './go-json';
import { goBase64Url, goString, goStrings } from './go-types';

/** A key that verifies signatures. */
export interface JsonWebKey {
  readonly kid: string;
  /** Undefined if the key is of a type that signs no ID tokens. */
  readonly publicKey?: KeyObject;
  /** Whether it may stand in the header of a token. */
  readonly isPublic: boolean;
}

const CURVE_BYTES: Readonly<Record<string, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };
const TEXTS = ['use', 'kty', 'kid', 'crv', 'alg', 'x5t', 'x5t#S256'];
const NUMBERS = ['k', 'x', 'y', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];
/** Sizes of thumbprints in bytes; as hexadecimal digits, twice as many. */
const THUMBPRINT_BYTES: Readonly<Record<string, number>> = { x5t: 20, 'x5t#S256': 32 };
const LEAST_RSA_BITS = 1024;
const MOST_EXPONENT = 2n ** 31n - 1n;

/**
 * Reads a key as go-jose does; fails with an error. It refuses more than go-jose: private keys, certificates (`x5c`), and `x5u`.
 * @see https://github.com/go-jose/go-jose/blob/v2.6.3/jwk.go
 */
export function parseJsonWebKey(value: GoJson): JsonWebKey {
  if (!(value instanceof GoObject)) throw new Error('the key is not an object');
  requireDistinctNames(value);
  const text = Object.fromEntries(TEXTS.map((name) => [name, goString([value.get(name) ?? null], name)]));
  const bytes = Object.fromEntries(NUMBERS.map((name) => [name, bytesOf(value, name)]));
  if ((goStrings(value.get('x5c') ?? null) ?? ['not read']).length > 0) throw new Error('x5c is not supported');
  if ((value.get('x5u') ?? null) !== null) throw new Error('x5u is not supported');
  for (const [name, size] of Object.entries(THUMBPRINT_BYTES)) requireThumbprint(text[name] ?? '', size);
  if (bytes.d !== undefined) throw new Error('the key is private');
  return { kid: text.kid ?? '', ...keyOf(text, bytes) };
}

/** Fails if an object has two members of the same name, which go-jose refuses and Go itself does not. */
export function requireDistinctNames({ members }: GoObject): void {
  const names = members.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`duplicate key '${twice}' in object`);
}

function keyOf(
  { kty, crv = '' }: Readonly<Record<string, string>>,
  { n, e, x, y, k }: Readonly<Record<string, Buffer | undefined>>,
): Omit<JsonWebKey, 'kid'> {
  switch (kty) {
    case 'RSA':
      if (n === undefined || e === undefined) throw new Error('invalid RSA key, missing n/e values');
      return { publicKey: rsaKey(n, e), isPublic: exponentOf(e) !== 0n };
    case 'EC': {
      const size = CURVE_BYTES[crv];
      if (size === undefined || x?.length !== size || y?.length !== size) throw new Error('invalid EC public key');
      // Fails for a point that is not on the curve.
      return { publicKey: fromJwk({ kty, crv, x: encoded(x), y: encoded(y) }), isPublic: true };
    }
    case 'OKP':
      if (crv !== 'Ed25519' || x === undefined) throw new Error(`unknown curve '${crv}'`);
      return { isPublic: true };
    case 'oct':
      if (k === undefined) throw new Error('invalid OCT (symmetric) key, missing k value');
      return { isPublic: false };
    default:
      throw new Error(`unknown json web key type '${kty}'`);
  }
}

/** Undefined for keys with which Go verifies no signature. */
function rsaKey(modulus: Buffer, exponent: Buffer): KeyObject | undefined {
  const [n, e] = [positive(modulus), exponentOf(exponent)];
  if (n.toString(2).length < LEAST_RSA_BITS || n % 2n === 0n || e < 2n || e % 2n === 0n || e > MOST_EXPONENT)
    return undefined;
  return fromJwk({ kty: 'RSA', n: encoded(modulus), e: encoded(bigEndian(e)) });
}

/** Go keeps the last 64 bits of an exponent. */
function exponentOf(exponent: Buffer): bigint {
  return BigInt.asIntN(64, positive(exponent));
}

function positive(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
}

function bigEndian(value: bigint): Buffer {
  const digits = value.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
}

function fromJwk(key: Record<string, string>): KeyObject {
  return createPublicKey({ key, format: 'jwk' });
}

function encoded(bytes: Buffer): string {
  return bytes.toString('base64url');
}

function bytesOf(key: GoObject, name: string): Buffer | undefined {
  const value = key.get(name) ?? null;
  if (value === null) return undefined;
  const bytes = goBase64Url(goString([value], name));
  if (bytes === undefined) throw new Error(`${name} is not base64url`);
  return bytes;
}

function requireThumbprint(text: string, size: number): void {
  const bytes = goBase64Url(text);
  const isHex = bytes?.length === 2 * size && /^[0-9a-fA-F]*$/.test(bytes.toString('latin1'));
  if (bytes?.length !== 0 && bytes?.length !== size && !isHex) throw new Error('invalid thumbprint');
}
