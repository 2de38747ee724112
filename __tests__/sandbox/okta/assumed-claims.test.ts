import { madeClaims } from '../../../model/derived/token-claims';
import { assumedClaims, OrganizationWithClaims } from '../../../sandbox/okta/assumed-claims';
import { accessWith } from '../../access-files';

const ACCESS = accessWith({
  authorizationServer: { existing: true },
  identityProvider: { usernameClaim: 'upn', requiredClaims: { tenant: 'example' } },
});

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

  test('do not include a claim that the file makes, and its value is that of its expression', () => {
    const access = accessWith({
      claims: { upn: 'String.substringBefore(user.login, "@")', tenant: 'user.tenant', note: { existing: true } },
      identityProvider: { usernameClaim: 'upn', requiredClaims: { tenant: 'example', note: 'x' } },
    });
    const organization = new OrganizationWithClaims('password', access);
    const { id: serverId } = organization.addAuthorizationServer({ name: 'EKS', audiences: ['a'] });
    for (const [name, value] of Object.entries(madeClaims(access))) {
      organization.addClaim(serverId, {
        name,
        claimType: 'IDENTITY',
        filter: 'EXPRESSION',
        value,
        alwaysIncludeInToken: true,
        scopes: [],
      });
    }
    const [ana, ben] = [
      organization.addUser({ login: 'ana@example.com' }),
      organization.addUser({ login: 'ben@example.com', profile: { tenant: 'other' } }),
    ];
    const claimsOf = (userId: string) =>
      organization.idTokenClaims({ serverId, clientId: 'app', userId, scopes: ['openid'] });

    expect(assumedClaims(access)).toEqual(['note']);
    // Nobody said which tenant Ana has.
    expect(claimsOf(ana.id)).toEqual({ sub: ana.id, upn: 'ana', tenant: 'example', note: 'x' });
    expect(claimsOf(ben.id)).toEqual({ sub: ben.id, upn: 'ben', tenant: 'other', note: 'x' });
  });
});
