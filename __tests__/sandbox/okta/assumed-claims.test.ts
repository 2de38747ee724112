import { assumedClaims, OrganizationWithClaims } from '../../../sandbox/okta/assumed-claims';
import { accessWith } from '../../access-files';

const ACCESS = accessWith({ identityProvider: { usernameClaim: 'upn', requiredClaims: { tenant: 'example' } } });

describe('the assumed claims', () => {
  test('are those that the access file expects', () => {
    expect(assumedClaims(ACCESS)).toEqual(['upn', 'tenant']);
  });

  test.each(['sub', 'email', 'name', 'preferred_username'])("do not include Okta's own %s", (usernameClaim) => {
    expect(assumedClaims(accessWith({ identityProvider: { usernameClaim } }))).toEqual([]);
  });

  test("do not add Okta's own claims without their scopes", () => {
    const organization = new OrganizationWithClaims('password', accessWith());
    const { id: serverId } = organization.addAuthorizationServer({ name: 'EKS', audiences: ['a'] });
    const { id: userId } = organization.addUser({ login: 'ana@example.com' });

    const claims = organization.idTokenClaims({ serverId, clientId: 'app', userId, scopes: ['openid'] });

    expect(claims).toEqual({ sub: userId });
  });

  test('are in ID tokens and known to the issuer', () => {
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
