import fc from 'fast-check';

/** A random token: its claims and signature. */
export interface TokenCase {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signature: Signature;
}

/** Signed with a key of the issuer, with another key, or not at all. */
export type Signature = 'RS256' | 'ES256' | 'foreign key' | 'unknown key id' | 'no key id' | 'none' | 'broken';

/** The issuer and client of the tokens. */
export interface TokenTarget {
  readonly issuerUrl: string;
  readonly clientId: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/** Most values of a claim are valid, so that about a third of the tokens is accepted and the others have one fault. */
const rarely = <Value>(right: Value, ...wrong: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: fc.constantFrom(...wrong) });

const MISSING = undefined;

/** Valid and invalid tokens for an issuer and client, with every fault that an API server checks. */
export function tokenCase({ issuerUrl, clientId, now }: TokenTarget): fc.Arbitrary<TokenCase> {
  const signature = fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom<Signature>('RS256', 'ES256') },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Signature>('foreign key', 'unknown key id', 'no key id', 'none', 'broken'),
    },
  );
  const claims = fc
    .record({
      iss: rarely(issuerUrl, `${issuerUrl}/`, issuerUrl.toUpperCase(), 'https://example.com', MISSING, 5),
      aud: rarely(clientId, [clientId], ['other', clientId], 'other', [], MISSING, 5, clientId.toUpperCase()),
      exp: rarely(now + 3600, now - 3600, MISSING, `${now + 3600}`, 'soon', null),
      nbf: rarely(MISSING, now - 60, now + 3600, now + 20, 'now'),
      iat: rarely(now, MISSING, 'then'),
      sub: rarely('00u1', MISSING, 5, ''),
      email: rarely('ana@example.com', 'Ana@Example.com', '', MISSING, 5, null, ['ana@example.com'], 'system:masters'),
      email_verified: rarely(MISSING, true, false, 'true', 'false', null, 1),
      groups: rarely(
        ['eks-a', 'eks-b'],
        'eks-a',
        [],
        MISSING,
        5,
        [5],
        [['eks-a']],
        null,
        '',
        ['EKS-A', ''],
        ['system:masters'],
        { a: 'eks-a' },
      ),
      tenant: rarely('x', 'X', MISSING, 5, true, ['x'], null),
      // Unique, because the server caches tokens for some seconds.
      jti: fc.uuid(),
    })
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== MISSING)));
  return fc.record({ claims, signature });
}
