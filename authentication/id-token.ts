import type { AuthenticationConfig } from './authentication-config';
import { type GoJson, GoObject, parseGoJson } from './go-json';
import { goBase64Url, goSeconds, goString, goStringMap, goStrings, goTime, membersOf } from './go-types';
import { parseSignedToken } from './signed-token';
import type { TokenKeys } from './token-keys';
import { orUnauthorized, UnauthorizedError } from './unauthorized-error';

/** The algorithms that kube-apiserver accepts with an AuthenticationConfiguration. */
export const SIGNING_ALGORITHMS: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
];
const NOT_BEFORE_LEEWAY_SECONDS = 60;

/** Verifies an ID token and returns its claims; fails with `UnauthorizedError`. */
export type IdTokenVerifier = (token: string) => Promise<GoObject>;

/**
 * Creates a verifier that checks in the order of kube-apiserver, so that a token with two faults fails with the same error. It
 * reads JSON, base64, and keys as Go does, because a token that only one of the two accepts would be a wrong proof.
 * @param now the time in milliseconds since 1970.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
 */
export function idTokenVerifier(
  { issuerUrl, clientId }: Pick<AuthenticationConfig, 'issuerUrl' | 'clientId'>,
  keys: TokenKeys,
  now: () => number = Date.now,
): IdTokenVerifier {
  return async (token) => {
    const claims = unverifiedClaims(token);
    const issuer = orUnauthorized('while unmarshaling token', () => goString(claims.field('iss'), 'iss'));
    if (issuer !== issuerUrl) {
      throw new UnauthorizedError(`no authenticator for the issuer ${quoted(issuer)}, expected ${quoted(issuerUrl)}`);
    }
    const signed = orUnauthorized('oidc: malformed jwt', () => parseSignedToken(token));
    const registered = orUnauthorized('oidc: failed to unmarshal claims', () => registeredClaims(claims));
    if (!registered.audience.includes(clientId)) {
      throw new UnauthorizedError(`oidc: expected audience ${quoted(clientId)} got ${quoted(registered.audience)}`);
    }
    checkTimes(registered, now());
    if (!SIGNING_ALGORITHMS.includes(signed.alg)) {
      throw new UnauthorizedError(`oidc: id token signed with unsupported algorithm ${quoted(signed.alg)}`);
    }
    await keys.verify(signed);
    return claims;
  };
}

/** The claims of a token that may be forged. */
function unverifiedClaims(token: string): GoObject {
  const [, part = '', ...rest] = token.split('.');
  if (rest.length !== 1) throw new UnauthorizedError('invalid bearer token: not a JWT');
  return orUnauthorized('oidc: malformed jwt', () => {
    const bytes = goBase64Url(part);
    if (bytes === undefined) throw new Error('not base64url');
    const claims = parseGoJson(bytes);
    if (!(claims instanceof GoObject)) throw new Error('not a JSON object');
    return claims;
  });
}

interface RegisteredClaims {
  readonly audience: readonly string[];
  /** Seconds since the year 1. */
  readonly expiry: bigint;
  /** Seconds since the year 1. @default - valid from the start */
  readonly notBefore?: bigint;
}

/** Fails for a registered claim of a wrong type, even if it is not used. */
function registeredClaims(claims: GoObject): RegisteredClaims {
  for (const name of ['sub', 'nonce', 'at_hash']) goString(claims.field(name), name);
  for (const value of claims.field('iat')) goSeconds(value, 'iat');
  requireClaimSources(claims);
  const expiry = claims.field('exp').map((value) => goTime(goSeconds(value, 'exp')));
  const starts = claims.field('nbf').map((value) => (value === null ? undefined : goTime(goSeconds(value, 'nbf'))));
  return {
    audience: claims.field('aud').map(audienceOf).at(-1) ?? [],
    expiry: expiry.at(-1) ?? 0n,
    notBefore: starts.at(-1),
  };
}

function audienceOf(value: GoJson): readonly string[] {
  const audience = typeof value === 'string' || value === null ? [value ?? ''] : goStrings(value);
  if (audience === undefined) throw new Error('aud is not a list of strings');
  return audience;
}

/** Fails if a distributed claim has no source. */
function requireClaimSources(claims: GoObject): void {
  const sources = new Map(membersOf(claims.field('_claim_sources'), '_claim_sources'));
  for (const [name, source] of sources) {
    if (source !== null && !(source instanceof GoObject)) throw new Error(`_claim_sources.${name} is not an object`);
    for (const key of ['endpoint', 'access_token']) goString(source?.field(key) ?? [], key);
  }
  for (const source of goStringMap(claims.field('_claim_names'), '_claim_names').values()) {
    if (source === '' || !sources.has(source)) throw new Error('source does not exist');
  }
}

function checkTimes({ expiry, notBefore }: RegisteredClaims, now: number): void {
  const seconds = goTime(BigInt(Math.floor(now / 1000)));
  if (expiry < seconds || (expiry === seconds && now % 1000 !== 0)) {
    throw new UnauthorizedError('oidc: token is expired');
  }
  if (notBefore !== undefined && seconds + BigInt(NOT_BEFORE_LEEWAY_SECONDS) < notBefore) {
    throw new UnauthorizedError('oidc: current time before the nbf (not before) time');
  }
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
