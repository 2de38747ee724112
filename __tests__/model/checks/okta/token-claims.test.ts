import { problemsWith } from '../../../access-files';

const found = (changes: Record<string, unknown>) =>
  problemsWith(changes).map(({ path, check, message }) => [check, path, message]);

describe('token-claims', () => {
  test('refuses a claim that nothing makes, on a server that the file makes', () => {
    expect(problemsWith({ identityProvider: { usernameClaim: 'upn' } })).toEqual([
      {
        path: 'identityProvider.usernameClaim',
        check: 'token-claims',
        message:
          "Nothing puts the claim 'upn' into ID tokens of the server that the file makes, so nobody has a user name.",
        given: "'upn'",
        allowed: 'sub, email, name, preferred_username, and the names of claims',
        fix: 'Set claims.upn to an Okta expression that makes it, or to { existing: true } if others do.',
        source: 'https://developer.okta.com/docs/guides/customize-tokens-returned-from-okta/main/',
      },
    ]);
    expect(found({ identityProvider: { requiredClaims: { tenant: 'x' } } })).toEqual([
      [
        'token-claims',
        'identityProvider.requiredClaims.tenant',
        "Nothing puts the claim 'tenant' into ID tokens of the server that the file makes, so every cluster refuses every token.",
      ],
    ]);
  });

  test.each([
    [
      { groupsClaim: { name: 'email' } },
      'groupsClaim.name',
      "Okta reserves the claim 'email', and refuses another one of this name.",
    ],
    [
      { claims: { role: 'user.title' } },
      'claims.role',
      "Okta reserves the claim 'role', and refuses another one of this name.",
    ],
    [
      { claims: { groups: 'user.title' } },
      'claims.groups',
      'This claim has the name of the groups claim, which the file makes already.',
    ],
    [
      { claims: { a: 'user.title =' } },
      'claims.a',
      'Okta cannot read this claim: = assigns a value, == compares (line 1, column 12).',
    ],
    [
      { identityProvider: { requiredClaims: { aud: 'x' } } },
      'identityProvider.requiredClaims.aud',
      'EKS checks aud anyway: it is the client ID of the app, and cannot be another text.',
    ],
    [
      { identityProvider: { requiredClaims: { groups: 'x' } } },
      'identityProvider.requiredClaims.groups',
      'This is the groups claim, which is a list, and EKS reads one text here.',
    ],
    [
      { identityProvider: { usernameClaim: 'amr' } },
      'identityProvider.usernameClaim',
      "The claim 'amr' of Okta is not a text, and EKS compares texts only.",
    ],
    [
      { claims: { tenant: '"a"' }, identityProvider: { requiredClaims: { tenant: 'b' } } },
      'identityProvider.requiredClaims.tenant',
      'The file makes this claim with another text, so every cluster refuses every token.',
    ],
  ])('refuses %j', (changes, path, message) => {
    expect(found(changes)).toEqual([['token-claims', path, message]]);
  });

  test.each([
    {},
    { groupsClaim: { name: 'okta_groups' } },
    ...['sub', 'email', 'name', 'preferred_username'].map((usernameClaim) => ({ identityProvider: { usernameClaim } })),
    { claims: { upn: 'user.upn' }, identityProvider: { usernameClaim: 'upn' } },
    { claims: { upn: { existing: true } }, identityProvider: { usernameClaim: 'upn' } },
    { claims: { given_name: { existing: true } }, identityProvider: { usernameClaim: 'given_name' } },
    { authorizationServer: { existing: true }, identityProvider: { usernameClaim: 'upn' } },
    { claims: { tenant: '"a"' }, identityProvider: { requiredClaims: { tenant: 'a' } } },
    { claims: { tenant: 'user.tenant' }, identityProvider: { requiredClaims: { tenant: 'a' } } },
  ])('allows %j', (changes) => {
    expect(problemsWith(changes)).toEqual([]);
  });
});
