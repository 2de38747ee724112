import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const ISSUER = 'https://okta.example/oauth2/eks';
export const CLIENT = 'client-of-prod';

/** A time at which the tokens of the fake issuer are valid. */
export const NOW = Date.parse('2026-01-15T12:00:00Z');
export const SECONDS = NOW / 1000;

export interface FakeIssuer {
  /** Signs the claims of a valid token with these changes; `undefined` removes a claim. */
  sign(claims?: Record<string, unknown>, header?: { alg?: string; kid?: string }): Promise<string>;
  /** Replaces the keys with a new one. */
  rotate(): Promise<void>;
  readonly fetch: (url: string) => Promise<Response>;
  /** URLs that were requested. */
  readonly requested: string[];
  /** The published keys, which a test can change. */
  keys: JWK[];
  /** The discovery document, which a test can change. */
  discovery: Record<string, unknown>;
  /** Status of all responses. */
  status: number;
}

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

// RSA keys are slow to make, so the issuers of an owner have the same ones.
const keyPairs = new Map<string, Promise<KeyPair>>();

function keyPair(owner: string, alg: string, kid: string): Promise<KeyPair> {
  const name = `${owner} ${kid}`;
  const pair = keyPairs.get(name) ?? generateKeyPair(alg, { extractable: true });
  keyPairs.set(name, pair);
  return pair;
}

/**
 * An issuer without a server.
 * @param owner who has its private keys.
 */
export async function fakeIssuer(owner = 'Okta'): Promise<FakeIssuer> {
  const privateKeys = new Map<string, KeyPair['privateKey']>();
  const requested: string[] = [];

  async function add(alg: string, kid: string): Promise<void> {
    const { privateKey, publicKey } = await keyPair(owner, alg, kid);
    privateKeys.set(kid, privateKey);
    issuer.keys.push({ ...(await exportJWK(publicKey)), kid, use: 'sig', alg });
  }

  let rotation = 0;
  const issuer: FakeIssuer = {
    requested,
    keys: [],
    status: 200,
    discovery: { issuer: ISSUER, jwks_uri: `${ISSUER}/v1/keys` },
    async rotate() {
      issuer.keys = [];
      rotation++;
      await add('RS256', `RS256-${rotation}`);
    },
    sign(claims = {}, { alg = 'RS256', kid = `${alg}-${rotation}` } = {}) {
      const valid = {
        iss: ISSUER,
        aud: CLIENT,
        sub: '00u1',
        exp: SECONDS + 3600,
        iat: SECONDS,
        email: 'ana@example.com',
        groups: ['eks-admins'],
      };
      const payload = JSON.parse(JSON.stringify({ ...valid, ...claims })) as JWTPayload;
      return new SignJWT(payload)
        .setProtectedHeader({ alg, kid })
        .sign(privateKeys.get(`${alg}-${rotation}`) as KeyPair['privateKey']);
    },
    async fetch(url) {
      requested.push(url);
      const body = url.endsWith('/v1/keys') ? { keys: issuer.keys } : issuer.discovery;
      return new Response(JSON.stringify(body), { status: issuer.status });
    },
  };
  await add('RS256', 'RS256-0');
  await add('ES256', 'ES256-0');
  return issuer;
}

/** A token with this header, these claims and an invalid signature. */
export function unsigned(header: unknown, claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${Buffer.from('no signature').toString('base64url')}`;
}
