import { constants, type KeyObject, verify } from 'node:crypto';
import { type GoJson, GoNumber, GoObject, parseGoJson } from './go-json';
import { goBase64Url, goString, goStrings, isFloat } from './go-types';
import { type JsonWebKey, parseJsonWebKey, requireDistinctNames } from './json-web-key';

/** A token whose signature is not verified yet. */
export interface SignedToken {
  readonly alg: string;
  /** Empty if the header names no key. */
  readonly kid: string;
  readonly payload: Buffer;
  isSignedBy(key: JsonWebKey): boolean;
}

/** All of Go's white space, which is not all that `\s` matches. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
const HASHES: Readonly<Record<string, string>> = { '256': 'sha256', '384': 'sha384', '512': 'sha512' };
const ECDSA_NUMBER_BYTES: Readonly<Record<string, number>> = { ES256: 32, ES384: 48, ES512: 66 };

/**
 * Reads a token in compact form as go-jose does; fails with an error. It refuses more than go-jose: headers with certificates.
 * @see https://github.com/go-jose/go-jose/blob/v2.6.3/jws.go
 */
export function parseSignedToken(token: string): SignedToken {
  const parts = token.replaceAll(SPACE, '').split('.');
  const [header, payload, signature] = parts.map((part) => goBase64Url(part) ?? fail('not base64url'));
  if (header === undefined || payload === undefined || signature === undefined || parts.length !== 3) {
    return fail('not a JWT');
  }
  // go-jose does not limit the nesting.
  const parameters = header.length === 0 ? new GoObject([]) : parseGoJson(header, Number.POSITIVE_INFINITY);
  if (!(parameters instanceof GoObject)) return fail('the header is not an object');
  requireDistinctNames(parameters);
  // Go signs what it has decoded, encoded again, and not the text of the token.
  const content = readHeader(parameters).hasEncodedPayload ? Buffer.from(payload.toString('base64url')) : payload;
  const input = Buffer.concat([Buffer.from(`${header.toString('base64url')}.`), content]);
  const alg = textOf(parameters, 'alg');
  const critical = parameters.get('crit') ?? null;
  const isUnderstood = goStrings(critical)?.every((name) => name === 'b64') === true;
  return {
    alg,
    kid: textOf(parameters, 'kid'),
    payload,
    isSignedBy: ({ publicKey }) =>
      isUnderstood && publicKey !== undefined && isSignature(alg, input, signature, publicKey),
  };
}

/** Fails for a parameter that go-jose cannot read. It leaves out those that are null. */
function readHeader({ members }: GoObject): { readonly hasEncodedPayload: boolean } {
  let hasEncodedPayload = true;
  for (const [name, value] of members) {
    if (value === null) continue;
    if (name === 'jwk' && !parseJsonWebKey(value).isPublic) fail('invalid embedded jwk, must be public key');
    if (['alg', 'kid', 'nonce'].includes(name)) goString([value], name);
    if (name === 'x5c' && goStrings(value)?.length !== 0) fail('x5c is not supported');
    if (!['jwk', 'alg', 'kid', 'nonce', 'x5c'].includes(name)) requireReadable(value);
    if (name === 'b64') hasEncodedPayload = value !== false;
  }
  return { hasEncodedPayload };
}

/** Fails for a value that go-jose cannot read without a type. It does not recurse, because values can have any number of levels. */
function requireReadable(value: GoJson): void {
  const open: GoJson[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next instanceof GoNumber && !isFloat(next)) fail('a number is too large');
    if (next instanceof GoObject) {
      requireDistinctNames(next);
      for (const [, member] of next.members) open.push(member);
    } else if (Array.isArray(next)) {
      for (const item of next as readonly GoJson[]) open.push(item);
    }
  }
}

function textOf(parameters: GoObject, name: string): string {
  return goString([parameters.get(name) ?? null], name);
}

function isSignature(alg: string, input: Buffer, signature: Buffer, key: KeyObject): boolean {
  const hash = HASHES[alg.slice(2)];
  const scheme = alg.slice(0, 2);
  if (hash === undefined) return false;
  if (key.asymmetricKeyType === 'rsa') {
    if (scheme === 'RS') return verify(hash, input, key, signature);
    // The salt may have any length.
    const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
    return scheme === 'PS' && verify(hash, input, { key, ...padding }, signature);
  }
  // The algorithm says how long the numbers are, even for a key on another curve.
  const size = ECDSA_NUMBER_BYTES[alg];
  if (size === undefined || signature.length !== 2 * size) return false;
  const numbers = [signature.subarray(0, size), signature.subarray(size)].map(derInteger);
  return verify(hash, input, { key, dsaEncoding: 'der' }, derSequence(Buffer.concat(numbers)));
}

function derInteger(bigEndian: Buffer): Buffer {
  const start = bigEndian.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? Buffer.of(0) : bigEndian.subarray(start);
  // A set first bit would make it negative.
  const positive = (digits[0] as number) < 0x80 ? digits : Buffer.concat([Buffer.of(0), digits]);
  return Buffer.concat([Buffer.of(0x02, positive.length), positive]);
}

function derSequence(content: Buffer): Buffer {
  const length = content.length < 0x80 ? Buffer.of(content.length) : Buffer.of(0x81, content.length);
  return Buffer.concat([Buffer.of(0x30), length, content]);
}

function fail(problem: string): never {
  throw new Error(problem);
}
