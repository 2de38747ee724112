import { compactVerify, type JWK } from 'jose';
import type { HttpsFetch } from '../https-fetch';
import type { AuthenticationConfig } from './authentication-config';

/** The claims of an ID token. */
export type Claims = Readonly<Record<string, unknown>>;

/** An API server cannot authenticate a token; the message is that of kube-apiserver. */
export class UnauthorizedError extends Error {
  override readonly name = 'UnauthorizedError';
}

/** The algorithms that kube-apiserver accepts with an AuthenticationConfiguration. */
const SIGNING_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'];
const NOT_BEFORE_LEEWAY_SECONDS = 60;
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Verifies an ID token and returns its claims; fails with `UnauthorizedError`. */
export type IdTokenVerifier = (token: string) => Promise<Claims>;

/**
 * Creates a verifier that checks in the order of kube-apiserver, so that a token with two faults fails with the same error.
 * @param now the time in milliseconds since 1970.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
 */
export function idTokenVerifier(
  { issuerUrl, clientId }: Pick<AuthenticationConfig, 'issuerUrl' | 'clientId'>,
  fetch: HttpsFetch,
  now: () => number = Date.now,
): IdTokenVerifier {
  const keys = new IssuerKeys(issuerUrl, fetch);
  return async (token) => {
    const { header, claims } = parseToken(token);
    if (claims.iss !== issuerUrl) {
      throw new UnauthorizedError(
        `no authenticator for the issuer ${quoted(claims.iss)}, expected ${quoted(issuerUrl)}`,
      );
    }
    checkTypes(claims);
    const audience = audienceOf(claims.aud);
    if (!audience.includes(clientId)) {
      throw new UnauthorizedError(`oidc: expected audience ${quoted(clientId)} got ${quoted(audience)}`);
    }
    checkTimes(claims, now());
    if (!SIGNING_ALGORITHMS.includes(header.alg as string)) {
      throw new UnauthorizedError(`oidc: id token signed with unsupported algorithm ${quoted(header.alg)}`);
    }
    await keys.verify(token, header);
    return claims;
  };
}

interface Header {
  readonly alg?: unknown;
  readonly kid?: unknown;
}

function parseToken(token: string): { header: Header; claims: Claims } {
  const [header, claims, ...signature] = token.split('.');
  if (signature.length !== 1) throw new UnauthorizedError('invalid bearer token: not a JWT');
  return { header: decodePart(header), claims: decodePart(claims) };
}

function decodePart(part = ''): Claims {
  // Node ignores characters that are not base64url; the API server fails.
  if (!/^[\w-]*$/.test(part)) throw new UnauthorizedError('oidc: malformed jwt: not base64url');
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Claims;
  } catch {
    // Falls through to the error.
  }
  throw new UnauthorizedError('oidc: malformed jwt: not a JSON object');
}

/** Go checks the types of registered claims, even of those that are not used. */
function checkTypes(claims: Claims): void {
  for (const name of ['sub', 'nonce', 'at_hash']) {
    if (!isText(claims[name] ?? null))
      throw new UnauthorizedError(`oidc: failed to unmarshal claims: ${name} is not a string`);
  }
  if (claims.iat !== undefined) secondsOf(claims.iat, 'iat');
}

function audienceOf(aud: unknown): readonly string[] {
  const audience = aud === undefined ? [] : textsOf(aud);
  if (audience === undefined)
    throw new UnauthorizedError('oidc: failed to unmarshal claims: aud is not a list of strings');
  return audience;
}

function checkTimes({ exp, nbf }: Claims, now: number): void {
  const expiry = exp === undefined ? 0 : secondsOf(exp, 'exp');
  const start = nbf === undefined || nbf === null ? undefined : secondsOf(nbf, 'nbf');
  if (expiry * 1000 < now) throw new UnauthorizedError('oidc: token is expired');
  if (start !== undefined && now + NOT_BEFORE_LEEWAY_SECONDS * 1000 < start * 1000) {
    throw new UnauthorizedError('oidc: current time before the nbf (not before) time');
  }
}

/** The value of a time claim. Go also accepts a number in quotes. */
function secondsOf(value: unknown, claim: string): number {
  const number = typeof value === 'string' && JSON_NUMBER.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw new UnauthorizedError(`oidc: failed to unmarshal claims: ${claim} is not a number`);
  }
  return Math.trunc(number);
}

/** Whether Go can read a JSON value into a string. Null gives an empty string. */
export function isText(value: unknown): value is string | null {
  return typeof value === 'string' || value === null;
}

/** A string or a list of strings as a list; undefined for other values. */
export function textsOf(value: unknown): readonly string[] | undefined {
  const values = Array.isArray(value) ? value : [value];
  return values.every(isText) ? values.map((text) => text ?? '') : undefined;
}

interface PublishedKey {
  readonly kid?: string;
  /** The same object every time: jose caches the imported key by it. */
  readonly jwk: JWK;
}

/** The keys of an issuer. They are found by discovery, and fetched again if a signature matches none of them. */
class IssuerKeys {
  private jwksUri?: string;
  private keys: readonly PublishedKey[] = [];
  private refreshing?: Promise<void>;

  constructor(
    private readonly issuerUrl: string,
    private readonly fetch: HttpsFetch,
  ) {}

  async verify(token: string, header: Header): Promise<void> {
    if (await isSignedByOne(this.keys, token, header)) return;
    await this.refresh();
    if (await isSignedByOne(this.keys, token, header)) return;
    throw new UnauthorizedError('oidc: failed to verify id token signature');
  }

  /** Fetches the keys. Concurrent calls share one request. */
  private refresh(): Promise<void> {
    this.refreshing ??= this.fetchKeys()
      .then((keys) => {
        this.keys = keys;
      })
      .finally(() => {
        this.refreshing = undefined;
      });
    return this.refreshing;
  }

  private async fetchKeys(): Promise<readonly PublishedKey[]> {
    this.jwksUri ??= await this.discoverJwksUri();
    const { keys } = (await this.json(this.jwksUri)) as { keys: readonly JWK[] };
    // Without `use` and `alg`, which the API server ignores.
    return keys.map(({ kid, kty, n, e, crv, x, y }) => ({ kid, jwk: { kty, n, e, crv, x, y } as JWK }));
  }

  private async discoverJwksUri(): Promise<string> {
    const { issuer, jwks_uri } = (await this.json(
      `${this.issuerUrl.replace(/\/$/, '')}/.well-known/openid-configuration`,
    )) as { issuer?: unknown; jwks_uri: string };
    if (issuer !== this.issuerUrl) {
      throw new UnauthorizedError(
        `oidc: issuer did not match the issuer returned by provider, expected ${quoted(this.issuerUrl)} got ${quoted(issuer)}`,
      );
    }
    return jwks_uri;
  }

  private async json(url: string): Promise<unknown> {
    try {
      const response = await this.fetch(url);
      if (response.status === 200) return await response.json();
      throw new Error(`${url} returned ${response.status}`);
    } catch (error) {
      throw new UnauthorizedError(`oidc: authenticator not initialized: ${(error as Error).message}`);
    }
  }
}

async function isSignedByOne(keys: readonly PublishedKey[], token: string, { kid }: Header): Promise<boolean> {
  for (const { jwk } of keys.filter((key) => !kid || key.kid === kid)) {
    try {
      await compactVerify(token, jwk);
      return true;
    } catch {
      // Another type of key, or not the key that signed this token.
    }
  }
  return false;
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
