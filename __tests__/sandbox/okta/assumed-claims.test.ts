import { claimsMadeElsewhere, OrganizationWithClaims } from '../../../sandbox/okta/claims-made-elsewhere';
import { accessWith } from '../../access-files';

const ACCESS = accessWith({ identityProvider: { usernameClaim: 'upn', requiredClaims: { tenant: 'example' } } });

describe('the claims that are made elsewhere', () => {
  test('are those that the access file expects', () => {
    expect(claimsMadeElsewhere(ACCESS)).toEqual(['upn', 'tenant']);
  });

  test.each(['sub', 'email', 'name', 'preferred_username'])("are not Okta's own %s", (usernameClaim) => {
    expect(claimsMadeElsewhere(accessWith({ identityProvider: { usernameClaim } }))).toEqual([]);
  });

  test("leave Okta's own to their scopes", () => {
    const organization = new OrganizationWithClaims('password', accessWith());
    const { id: serverId } = organization.addAuthorizationServer({ name: 'EKS', audiences: ['a'] });
    const { id: userId } = organization.addUser({ login: 'ana@example.com' });

    const claims = organization.idTokenClaims({ serverId, clientId: 'app', userId, scopes: ['openid'] });

    expect(claims).toEqual({ sub: userId });
  });

  test('are in the tokens, and let through by the issuer', () => {
    const organization = new OrganizationWithClaims('password', ACCESS);
    const { id: serverId } = organization.addAuthorizationServer({ name: 'EKS', audiences: ['a'] });
    const { id: userId } = organization.addUser({ login: 'ana@example.com' });

    const claims = organization.idTokenClaims({ serverId, clientId: 'app', userId, scopes: ['openid', 'email'] });

    expect(claims).toEqual({ sub: userId, email: 'ana@example.com', upn: 'ana@example.com', tenant: 'example' });
    expect(organization.authorizationServers().flatMap((server) => server.claims.map(({ name }) => name))).toEqual([
      'upn',
      'tenant',
    ]);
  });
});
