import { structuredAuthentication } from '../../../sign-in/api-server-flags/structured-authentication';

const CONFIG = {
  issuerUrl: 'https://localhost:1/oauth2/a',
  clientId: 'client',
  usernameClaim: 'email',
  usernamePrefix: '',
  groupsClaim: 'groups',
  groupsPrefix: 'okta:',
  requiredClaims: { tenant: 'example', area: 'eu' },
};

describe('the authentication configuration of an API server', () => {
  test('has the issuer with its authority, claims with prefixes, even empty ones, and required claims', () => {
    const file = structuredAuthentication(CONFIG, { certificateAuthority: 'PEM' });

    expect(file).toEqual({
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'AuthenticationConfiguration',
      jwt: [
        {
          issuer: { url: 'https://localhost:1/oauth2/a', audiences: ['client'], certificateAuthority: 'PEM' },
          claimMappings: {
            username: { claim: 'email', prefix: '' },
            groups: { claim: 'groups', prefix: 'okta:' },
          },
          claimValidationRules: [
            { claim: 'area', requiredValue: 'eu' },
            { claim: 'tenant', requiredValue: 'example' },
          ],
        },
      ],
    });
  });

  test('reads no groups, and requires nothing, if none are configured', () => {
    const { groupsClaim: _none, ...config } = CONFIG;

    const file = structuredAuthentication({ ...config, requiredClaims: {} }, { version: 'v1beta1' });

    expect(file).toEqual({
      apiVersion: 'apiserver.config.k8s.io/v1beta1',
      kind: 'AuthenticationConfiguration',
      jwt: [
        {
          issuer: { url: 'https://localhost:1/oauth2/a', audiences: ['client'] },
          claimMappings: { username: { claim: 'email', prefix: '' } },
        },
      ],
    });
  });
});
