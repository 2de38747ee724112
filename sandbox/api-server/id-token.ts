import { compactVerify, type JWK } from 'jose';
import type { HttpsFetch } from '../https-fetch';
import type { AuthenticationConfig } from './authentication-config';

/** The claims of an ID token. */
export type Claims = Readonly<Record<string, unknown>>;

/** Why an API server does not know who somebody is, in its own words. */
export class Unauthorized extends Error {}

/** What kube-apiserver accepts with an AuthenticationConfiguration. */
const SIGNING_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'];
const NOT_BEFORE_LEEWAY_SECONDS = 60;
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Verifies ID tokens; fails with `Unauthorized`. */
export type IdTokenVerifier = (token: string) => Promise<Claims>;

/**
 * Verifies ID tokens as kube-apiserver does, in its order, so that a token with two faults is refused for the same one.
 * @param now milliseconds since 1970.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
 */
export function idTokenVerifier(
  { issuerUrl, clientId }: Pick<AuthenticationConfig, 'issuerUrl' | 'clientId'>,
  fetch: HttpsFetch,
  now: () => number = Date.now,
): IdTokenVerifier {
  const keys = new IssuerKeys(issuerUrl, fetch);
  return async (token) => {
    const { header, claims } = parsed(token);
    if (claims.iss !== issuerUrl) {
      throw new Unauthorized(`no authenticator for the issuer ${quoted(claims.iss)}, expected ${quoted(issuerUrl)}`);
    }
    checkTypes(claims);
    const audience = audienceOf(claims.aud);
    if (!audience.includes(clientId)) {
      throw new Unauthorized(`oidc: expected audience ${quoted(clientId)} got ${quoted(audience)}`);
    }
    checkTimes(claims, now());
    if (!SIGNING_ALGORITHMS.includes(header.alg as string)) {
      throw new Unauthorized(`oidc: id token signed with unsupported algorithm ${quoted(header.alg)}`);
    }
    await keys.verify(token, header);
    return claims;
  };
}

interface Header {
  readonly alg?: unknown;
  readonly kid?: unknown;
}

function parsed(token: string): { header: Header; claims: Claims } {
  const [header, claims, ...signature] = token.split('.');
  if (signature.length !== 1) throw new Unauthorized('invalid bearer token: not a JWT');
  return { header: decoded(header), claims: decoded(claims) };
}

function decoded(part = ''): Claims {
  // Node skips what is no base64url; the API server does not.
  if (!/^[\w-]*$/.test(part)) throw new Unauthorized('oidc: malformed jwt: not base64url');
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Claims;
  } catch {
    // Told below.
  }
  throw new Unauthorized('oidc: malformed jwt: not a JSON object');
}

/** Registered claims have types, also those that nothing is done with. */
function checkTypes(claims: Claims): void {
  for (const name of ['sub', 'nonce', 'at_hash']) {
    if (!isText(claims[name] ?? null)) throw new Unauthorized(`oidc: failed to unmarshal claims: ${name} is no string`);
  }
  if (claims.iat !== undefined) secondsOf(claims.iat, 'iat');
}

function audienceOf(aud: unknown): readonly string[] {
  const audience = aud === undefined ? [] : textsOf(aud);
  if (audience === undefined) throw new Unauthorized('oidc: failed to unmarshal claims: aud is no list of strings');
  return audience;
}

function checkTimes({ exp, nbf }: Claims, now: number): void {
  const expiry = exp === undefined ? 0 : secondsOf(exp, 'exp');
  const start = nbf === undefined || nbf === null ? undefined : secondsOf(nbf, 'nbf');
  if (expiry * 1000 < now) throw new Unauthorized('oidc: token is expired');
  if (start !== undefined && now + NOT_BEFORE_LEEWAY_SECONDS * 1000 < start * 1000) {
    throw new Unauthorized('oidc: current time before the nbf (not before) time');
  }
}

/** Go reads a number in quotes as a number too. */
function secondsOf(value: unknown, claim: string): number {
  const number = typeof value === 'string' && JSON_NUMBER.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    throw new Unauthorized(`oidc: failed to unmarshal claims: ${claim} is no number`);
  }
  return Math.trunc(number);
}

/** Whether Go reads a JSON value into a string: null leaves it empty. */
export function isText(value: unknown): value is string | null {
  return typeof value === 'string' || value === null;
}

/** A string or a list of strings; undefined where it is neither. */
export function textsOf(value: unknown): readonly string[] | undefined {
  const values = Array.isArray(value) ? value : [value];
  return values.every(isText) ? values.map((text) => text ?? '') : undefined;
}

interface PublishedKey {
  readonly kid?: string;
  /** Kept as one object: what was made of it is remembered by it. */
  readonly jwk: JWK;
}

/** The keys of an issuer, found by discovery and fetched again when a signature does not fit those that are known. */
class IssuerKeys {
  private jwksUri?: string;
  private keys: readonly PublishedKey[] = [];
  private refreshing?: Promise<void>;

  constructor(
    private readonly issuerUrl: string,
    private readonly fetch: HttpsFetch,
  ) {}

  async verify(token: string, header: Header): Promise<void> {
    if (await signedByOne(this.keys, token, header)) return;
    await this.refresh();
    if (await signedByOne(this.keys, token, header)) return;
    throw new Unauthorized('oidc: failed to verify id token signature');
  }

  /** Fetches the keys, once for all who wait for them. */
  private refresh(): Promise<void> {
    this.refreshing ??= this.fetched()
      .then((keys) => {
        this.keys = keys;
      })
      .finally(() => {
        this.refreshing = undefined;
      });
    return this.refreshing;
  }

  private async fetched(): Promise<readonly PublishedKey[]> {
    this.jwksUri ??= await this.discovered();
    const { keys } = (await this.json(this.jwksUri)) as { keys: readonly JWK[] };
    // Without `use` and `alg`, which the API server does not look at.
    return keys.map(({ kid, kty, n, e, crv, x, y }) => ({ kid, jwk: { kty, n, e, crv, x, y } as JWK }));
  }

  private async discovered(): Promise<string> {
    const { issuer, jwks_uri } = (await this.json(
      `${this.issuerUrl.replace(/\/$/, '')}/.well-known/openid-configuration`,
    )) as { issuer?: unknown; jwks_uri: string };
    if (issuer !== this.issuerUrl) {
      throw new Unauthorized(
        `oidc: issuer did not match the issuer returned by provider, expected ${quoted(this.issuerUrl)} got ${quoted(issuer)}`,
      );
    }
    return jwks_uri;
  }

  private async json(url: string): Promise<unknown> {
    try {
      const response = await this.fetch(url);
      if (response.status === 200) return await response.json();
      throw new Error(`${url} answered ${response.status}`);
    } catch (error) {
      throw new Unauthorized(`oidc: authenticator not initialized: ${(error as Error).message}`);
    }
  }
}

async function signedByOne(keys: readonly PublishedKey[], token: string, { kid }: Header): Promise<boolean> {
  for (const { jwk } of keys.filter((key) => !kid || key.kid === kid)) {
    try {
      await compactVerify(token, jwk);
      return true;
    } catch {
      // A key of another kind, or one that did not sign this.
    }
  }
  return false;
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
