import fc from 'fast-check';

/** A random token: the text of its parts, and how it is signed. */
export interface TokenCase {
  /** JSON of the claims, which may be broken; bytes as Latin-1. */
  readonly claims: string;
  /** Members of the header beside `alg` and `kid`, as JSON. */
  readonly header: readonly (readonly [string, string])[];
  readonly signature: Signature;
  /** What happens to the text of the signed token. */
  readonly change: Change;
}

/** Signed with a key of the issuer, with another key, or not at all. */
export type Signature =
  | 'RS256'
  | 'ES256'
  | 'ES256 as ES512'
  | 'PS256'
  | 'PS256, longest salt'
  | 'PS256, no salt'
  | 'RS512, 1024 bits'
  | 'foreign key'
  | 'unknown key id'
  | 'no key id'
  | 'none'
  | 'broken'
  | 'raw payload';

/** Changes of the text of a token. Some of them do not change what it says. */
export type Change =
  | 'nothing'
  | 'padding'
  | 'unused bits'
  | 'standard base64'
  | 'four parts'
  | { readonly insert: string; readonly part: 0 | 1 | 2; readonly at: number };

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

const SIGNATURES = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<Signature>('RS256', 'ES256') },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Signature>(
      ...([
        'ES256 as ES512',
        'PS256',
        'PS256, longest salt',
        'PS256, no salt',
        'RS512, 1024 bits',
        'foreign key',
      ] as const),
      ...(['unknown key id', 'no key id', 'none', 'broken', 'raw payload'] as const),
    ),
  },
);

const CHANGES: fc.Arbitrary<Change> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Change>('nothing') },
  { weight: 1, arbitrary: fc.constantFrom<Change>('padding', 'unused bits', 'standard base64', 'four parts') },
  {
    weight: 1,
    arbitrary: fc.record({
      insert: fc.constantFrom(
        '\n',
        '\r\n',
        '\t',
        ' ',
        '\v',
        '\u0085',
        '\u00a0',
        '\u2028',
        '\ufeff',
        '\u200b',
        '=',
        '.',
        '!',
      ),
      part: fc.constantFrom(0 as const, 1 as const, 2 as const),
      at: fc.constantFrom(0, 1, 5, 10_000),
    }),
  },
);

/** Members of a header that most programs never see. */
const HEADER_MEMBERS: readonly (readonly [string, string])[] = [
  ...['0', 'null', '["rsa"]', '{}', '""', '"rsa"', '"ec"', 'true'].map((value) => ['kid', value] as const),
  ...['"RS256"', 'null', '0', '"rs256"', '""'].map((value) => ['alg', value] as const),
  ...['"JWT"', '0', 'null', '{"a":1,"a":2}', '1e400', '[1e400]', '{"a":{"b":[{"c":1,"c":1}]}}'].map(
    (v) => ['typ', v] as const,
  ),
  ...['0', '""', 'null', '{}'].map((value) => ['nonce', value] as const),
  ...['null', '[]', '["b64"]', '["exp"]', '[null]', '[""]', '"b64"', '0', '{}', '["b64","x"]'].map(
    (v) => ['crit', v] as const,
  ),
  ...['true', 'false', 'null', '"false"', '0'].map((value) => ['b64', value] as const),
  ...['null', '[]', '[null]', '["x"]', '"x"', '0', '{}'].map((value) => ['x5c', value] as const),
  ...['"x"', 'null', '0'].flatMap((value) => [
    ['x5t', value] as const,
    ['x5u', value] as const,
    ['jku', value] as const,
  ]),
  ...[
    ...['null', '0', '"x"', '[]', '{}', '{"kty":"x"}', '{"kty":"RSA"}', '{"kty":"RSA","n":"AQ","e":"AQAB"}'],
    ...['{"kty":"RSA","n":"AQ==","e":"AQAB"}', '{"kty":"RSA","n":"","e":"AQAB"}', '{"kty":"RSA","n":"AQ","e":""}'],
    ...['{"kty":"RSA","kty":"RSA","n":"AQ","e":"AQAB"}', '{"KTY":"RSA","n":"AQ","e":"AQAB"}'],
    ...['{"kty":"RSA","n":"AQ","e":"AQAB","d":"AQ"}', '{"kty":"RSA","n":"AQ","e":"AQAB","kid":0}'],
    ...['{"kty":"RSA","n":"AQ","e":"AQAB","x":{"a":1,"a":1}}', '{"kty":"RSA","n":"AQ","e":"AQAB","z":{"a":1,"a":1}}'],
    ...['{"kty":"RSA","n":"AQ","e":"AQAB","x5t":"AQ"}', '{"kty":"RSA","n":"AQ","e":"AAAAAAAAAAAA"}'],
    ...['{"kty":"oct","k":"AQ"}', '{"kty":"OKP","crv":"Ed25519","x":"AQ"}', '{"kty":"OKP","crv":"X25519","x":"AQ"}'],
    ...['{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"}', '{"kty":"EC","crv":"P-224","x":"AQ","y":"AQ"}'],
  ].map((value) => ['jwk', value] as const),
  ['ALG', '"none"'],
  ['x', '"\\ud800"'],
  ['x', "'x'"],
  ['x', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
];

const HEADERS = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...HEADER_MEMBERS), { minLength: 1, maxLength: 2 }) },
);

/** Members beside the claims: in another case, twice, of a wrong type, or unusual in another way. */
function moreMembers({ issuerUrl, clientId, now }: TokenTarget): readonly (readonly [string, string])[] {
  const text = JSON.stringify;
  return [
    ...[issuerUrl, 'x'].flatMap((value) =>
      ['iss', 'ISS', 'Iss', 'i\u017fs'].map((name) => [name, text(value)] as const),
    ),
    ...[clientId, 'x', [clientId], null, 5].flatMap((value) =>
      ['aud', 'Aud'].map((name) => [name, text(value)] as const),
    ),
    ...[now + 3600, now - 3600, null, 'x'].flatMap((value) =>
      ['exp', 'EXP'].map((name) => [name, text(value)] as const),
    ),
    ...[
      '9223372036854775807',
      '9223372036854775808',
      '-9223372036854775808',
      '1e19',
      '1e400',
      '-0',
      '1e-400',
      '0.5',
    ].flatMap((value) => ['exp', 'nbf', 'iat', 'Nbf'].map((name) => [name, value] as const)),
    ...[
      '"9223372036854775807"',
      '"1e19"',
      '" 1"',
      '"1 "',
      '"+1"',
      '"0x1"',
      '"01"',
      '"1."',
      '""',
      '[]',
      '{}',
      'true',
    ].flatMap((value) => ['exp', 'nbf', 'iat'].map((name) => [name, value] as const)),
    ...['null', '""', '"x"', '0', '{}'].flatMap((value) =>
      ['sub', 'SUB', 'nonce', 'at_hash', 'AT_HASH', 'jti', 'email', 'Email'].map((name) => [name, value] as const),
    ),
    ...[
      '["eks-z"]',
      '"\\ud800"',
      '["a\\udc00b"]',
      '["\\ud83d\\ude00"]',
      '["\\u0000"]',
      '["\xff"]',
      '["\xe2\x82"]',
      '[null]',
    ].flatMap((value) => ['groups', 'Groups'].map((name) => [name, value] as const)),
    ...['{"groups":"a"}', '{"other":"a"}', '{}', 'null', '0', '{"groups":0}', '{"groups":""}', '{"x":null}'].flatMap(
      (value) => ['_claim_names', '_Claim_Names'].map((name) => [name, value] as const),
    ),
    ...[
      '{"a":{"endpoint":"https://127.0.0.1:1"}}',
      '{"a":{}}',
      '{"a":null}',
      '{"a":{"JWT":0}}',
      '{"a":0}',
      'null',
      '0',
    ].map((value) => ['_claim_sources', value] as const),
    ['email_verified', 'false'],
    ['Email_Verified', 'false'],
    ['tenant', '"y"'],
    ['Tenant', '"y"'],
    ['__proto__', '{"iss":"x"}'],
    ['constructor', '"x"'],
    ['x', '1e400'],
    ['x', '"\\x"'],
    ['x', '"\t"'],
    ['x', '01'],
    ['x', '.5'],
    ['x', '[1,]'],
    ['x', 'NaN'],
    ['x', 'nul'],
    ['x', '{"a":1,"a":2}'],
    ['x', '"\xff\xed\xa0\x80"'],
    ['\xff', '1'],
    ...[9_999, 10_000, 20_000].map((levels) => ['x', `${'['.repeat(levels)}${']'.repeat(levels)}`] as const),
  ];
}

/** Valid and invalid tokens for an issuer and client, with every fault that an API server checks. */
export function tokenCase(target: TokenTarget): fc.Arbitrary<TokenCase> {
  const { issuerUrl, clientId, now } = target;
  const more = fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...moreMembers(target)), { minLength: 1, maxLength: 2 }) },
  );
  const known = fc.record({
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
  });
  const frame = rarely('{*}', '{*', '*', '[{*}]', 'null', '"x"', '{*} ', ' {*}\n', '{*},', '\ufeff{*}', '{*}\u00a0');
  const claims = fc.tuple(known, more, fc.boolean(), frame).map(([record, members, isFirst, form]) => {
    const own = Object.entries(record)
      .filter(([, value]) => value !== MISSING)
      .map(([name, value]) => [name, JSON.stringify(value)] as const);
    const all = isFirst ? [...members, ...own] : [...own, ...members];
    return (form as string).replace('*', () => all.map(([name, value]) => `"${name}":${value}`).join(','));
  });
  return fc.record({ claims, header: HEADERS, signature: SIGNATURES, change: CHANGES });
}
