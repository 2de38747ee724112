import { authenticationOfEks } from '../../authentication/authentication-config';

const SMALLEST = { issuer_url: 'https://okta.example/oauth2/eks', client_id: 'client' };

describe('the authentication of an EKS association', () => {
  test('has all its settings', () => {
    const config = authenticationOfEks({
      ...SMALLEST,
      username_claim: 'login',
      username_prefix: 'okta:',
      groups_claim: 'roles',
      groups_prefix: 'group:',
      required_claims: { tenant: 'a' },
    });

    expect(config).toEqual({
      issuerUrl: 'https://okta.example/oauth2/eks',
      clientId: 'client',
      usernameClaim: 'login',
      usernamePrefix: 'okta:',
      groupsClaim: 'roles',
      groupsPrefix: 'group:',
      requiredClaims: { tenant: 'a' },
    });
  });

  test('defaults to the subject with the issuer as prefix, and no groups', () => {
    expect(authenticationOfEks(SMALLEST)).toEqual({
      issuerUrl: 'https://okta.example/oauth2/eks',
      clientId: 'client',
      usernameClaim: 'sub',
      usernamePrefix: 'https://okta.example/oauth2/eks#',
      groupsPrefix: '',
      requiredClaims: {},
    });
  });

  test.each([
    ['email', undefined, ''],
    ['email', '-', ''],
    ['sub', '-', ''],
    ['sub', undefined, 'https://okta.example/oauth2/eks#'],
    ['sub', '', 'https://okta.example/oauth2/eks#'],
    ['sub', 'okta:', 'okta:'],
  ])('with the claim %s and the prefix %s uses the prefix "%s"', (username_claim, username_prefix, expected) => {
    const oidc = { ...SMALLEST, username_claim, ...(username_prefix !== undefined && { username_prefix }) };

    expect(authenticationOfEks(oidc).usernamePrefix).toBe(expected);
  });
});
