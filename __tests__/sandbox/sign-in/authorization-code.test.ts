import { decodeJwt } from 'jose';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { type RunningIssuer, startIssuer } from '../../../sandbox/okta/issuer';
import { Organization } from '../../../sandbox/okta/organization';
import { SignInError, type SignInProps, signIn } from '../../../sandbox/sign-in/authorization-code';

const PASSWORD = 'a&b <c>';

describe('the sign-in with an authorization code', () => {
  const organization = new Organization(PASSWORD);
  let issuer: RunningIssuer;
  let ana: SignInProps;

  beforeAll(async () => {
    const { id: serverId } = organization.addAuthorizationServer({ name: 'EKS', audiences: ['http://localhost:8000'] });
    organization.addClaim(serverId, {
      name: 'groups',
      claimType: 'IDENTITY',
      filter: 'STARTS_WITH',
      value: 'eks-',
      alwaysIncludeInToken: true,
      scopes: [],
    });
    const app = organization.addApp({
      label: 'EKS',
      grantTypes: ['authorization_code', 'refresh_token'],
      responseTypes: ['code'],
      redirectUris: ['http://localhost:8000', 'http://localhost:18000'],
      postLogoutRedirectUris: [],
      tokenEndpointAuthMethod: 'none',
      pkceRequired: true,
      refreshTokenRotation: 'ROTATE',
      refreshTokenLeeway: 0,
    });
    const policy = organization.addPolicy(serverId, { name: 'EKS', priority: 1, clients: [app.clientId] });
    organization.addRule(serverId, policy.id, {
      name: 'AuthCode + PKCE',
      priority: 1,
      grantTypes: ['authorization_code'],
      groups: ['EVERYONE'],
      scopes: ['openid', 'email', 'profile', 'offline_access'],
      accessTokenMinutes: 60,
      refreshLifetimeMinutes: 0,
      refreshIdleMinutes: 600,
    });
    organization.addUser({ login: 'ana@example.com' });
    organization.addUser({ login: 'nobody@example.com' });
    const group = organization.addGroup('eks-admins');
    organization.addMember('eks-admins', 'ana@example.com');
    organization.assignGroups(app.id, [group.id]);
    issuer = await startIssuer({ organization, ca: await createCertificateAuthority() });
    ana = {
      issuerUrl: issuer.issuerUrl(serverId),
      clientId: app.clientId,
      scopes: ['openid', 'email'],
      login: 'ana@example.com',
      password: PASSWORD,
      caPem: issuer.caPem,
    };
  });

  afterAll(() => issuer.close());

  async function refusal(changes: Partial<SignInProps>): Promise<string> {
    const error = await signIn({ ...ana, ...changes }).then(
      () => 'signed in',
      (problem) => problem,
    );
    if (error === 'signed in') return error;
    expect(error).toBeInstanceOf(SignInError);
    return (error as SignInError).message;
  }

  test('returns an ID token for the app, with the groups', async () => {
    const { idToken, accessToken, refreshToken } = await signIn(ana);

    expect(decodeJwt(idToken)).toMatchObject({
      iss: ana.issuerUrl,
      aud: ana.clientId,
      email: 'ana@example.com',
      groups: ['eks-admins'],
    });
    expect(accessToken).not.toBe('');
    expect(refreshToken).toBeUndefined();
  });

  test('returns a refresh token if it is requested', async () => {
    const { refreshToken } = await signIn({ ...ana, scopes: ['openid', 'offline_access'] });

    expect(refreshToken).toEqual(expect.any(String));
  });

  test('works with the other redirect URI', async () => {
    expect(await refusal({ redirectPort: 18000 })).toBe('signed in');
  });

  test.each([
    [
      'a person who is not assigned to the app',
      { login: 'nobody@example.com' },
      'access_denied: User is not assigned to the client application.',
    ],
    [
      'an unknown scope',
      { scopes: ['openid', 'groups'] },
      'invalid_scope: One or more scopes are not configured for the authorization server resource.',
    ],
    [
      'a scope that no rule allows',
      { scopes: ['openid', 'phone'] },
      'access_denied: Policy evaluation failed for this request, please check the policy configurations.',
    ],
    [
      'an unknown redirect URI',
      { redirectPort: 9000 },
      "invalid_request: The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
    ],
    ['an unknown app', { clientId: '0oa0' }, "invalid_client: Invalid value for 'client_id' parameter."],
    ['a wrong password', { password: 'wrong' }, 'access_denied: Unable to sign in'],
    ['an unknown person', { login: 'eve@example.com' }, 'access_denied: Unable to sign in'],
  ])('fails for %s with the message of Okta', async (_, changes, message) => {
    expect(await refusal(changes)).toBe(message);
  });

  test('gives a hundred people at once their own ID tokens', async () => {
    const logins = Array.from({ length: 100 }, (_, number) => `person-${number}@example.com`);
    for (const login of logins) {
      organization.addUser({ login });
      organization.addMember('eks-admins', login);
    }

    const tokens = await Promise.all(logins.map((login) => signIn({ ...ana, login })));

    expect(tokens.map(({ idToken }) => decodeJwt(idToken).email)).toEqual(logins);
  });
});
