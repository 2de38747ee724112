import { type GoJson, GoObject, parseGoJson } from './go-json';
import { goString, goStrings } from './go-types';
import { type JsonWebKey, parseJsonWebKey } from './json-web-key';
import type { SignedToken } from './signed-token';
import { orUnauthorized, UnauthorizedError } from './unauthorized-error';

/** What the signature of a token is verified with. */
export interface TokenKeys {
  /** Fails with `UnauthorizedError` if none of the keys has signed the token. */
  verify(token: SignedToken): Promise<void>;
}

/** Requests a URL of the issuer. */
export type KeysFetch = (url: string) => Promise<Pick<Response, 'status' | 'arrayBuffer'>>;

/** What go-oidc reads of a discovery document. Its type must be right even where the value is not used. */
const PROVIDER_TEXTS = ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'];

/** The keys of an issuer. They are found by discovery, and fetched again if a signature matches none of them. */
export class IssuerKeys implements TokenKeys {
  private jwksUri?: string;
  private keys: readonly JsonWebKey[] = [];
  private refreshing?: Promise<void>;

  constructor(
    private readonly issuerUrl: string,
    private readonly fetch: KeysFetch,
  ) {}

  async verify(token: SignedToken): Promise<void> {
    if (isSignedByOne(this.keys, token)) return;
    await this.refresh();
    requireSignature(this.keys, token);
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

  /** One broken key breaks the whole set, as in Go. `use` and `alg` of a key are ignored. */
  private async fetchKeys(): Promise<readonly JsonWebKey[]> {
    this.jwksUri ??= await this.discoverJwksUri();
    return keysOfSet(await this.json(this.jwksUri));
  }

  private async discoverJwksUri(): Promise<string> {
    const found = await this.json(`${this.issuerUrl.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const { issuer, jwks_uri = '' } = orUnauthorized('oidc: failed to decode provider discovery object', () => {
      found.field('id_token_signing_alg_values_supported').map(textsOf);
      return Object.fromEntries(PROVIDER_TEXTS.map((name) => [name, goString(found.field(name), name)]));
    });
    if (issuer !== this.issuerUrl) {
      throw new UnauthorizedError(
        `oidc: issuer did not match the issuer returned by provider, expected ${quoted(this.issuerUrl)} got ${quoted(issuer)}`,
      );
    }
    return jwks_uri;
  }

  private async json(url: string): Promise<GoObject> {
    try {
      const response = await this.fetch(url);
      if (response.status !== 200) throw new Error(`${url} returned ${response.status}`);
      const value = parseGoJson(new Uint8Array(await response.arrayBuffer()));
      if (!(value instanceof GoObject)) throw new Error(`${url} returned no JSON object`);
      return value;
    } catch (error) {
      throw new UnauthorizedError(`oidc: authenticator not initialized: ${(error as Error).message}`);
    }
  }
}

/**
 * The keys of a key set that somebody has saved.
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-5
 */
export function savedKeys(bytes: Uint8Array): TokenKeys {
  const keys = orUnauthorized('oidc: failed to decode keys', () => {
    const set = parseGoJson(bytes);
    if (!(set instanceof GoObject)) throw new Error('not a JSON object');
    return keysOfSet(set);
  });
  return {
    async verify(token) {
      requireSignature(keys, token);
    },
  };
}

/** Takes every signature as right, for whoever has no keys and says so. */
export const UNCHECKED_KEYS: TokenKeys = { async verify() {} };

function keysOfSet(set: GoObject): readonly JsonWebKey[] {
  return orUnauthorized('oidc: failed to decode keys', () => set.field('keys').map(keysOf).at(-1) ?? []);
}

function keysOf(value: GoJson): readonly JsonWebKey[] {
  if (value !== null && !Array.isArray(value)) throw new Error('keys is not a list');
  return ((value ?? []) as readonly GoJson[]).map(parseJsonWebKey);
}

function textsOf(value: GoJson): readonly string[] {
  const texts = goStrings(value);
  if (texts === undefined) throw new Error('not a list of strings');
  return texts;
}

function requireSignature(keys: readonly JsonWebKey[], token: SignedToken): void {
  if (!isSignedByOne(keys, token)) throw new UnauthorizedError('oidc: failed to verify id token signature');
}

function isSignedByOne(keys: readonly JsonWebKey[], token: SignedToken): boolean {
  return keys.some((key) => (token.kid === '' || key.kid === token.kid) && token.isSignedBy(key));
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
