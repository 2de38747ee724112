import type { AuthenticationConfig } from '../../../authentication/authentication-config';
import { builtInRoles, type RbacPolicy } from '../../../rbac';
import type { ApiServer } from '../../../sandbox/api-server/api-server';
import { simulatedApiServer } from '../../../sandbox/api-server/simulated';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { CLIENT, type FakeIssuer, fakeIssuer, ISSUER, NOW } from '../../authentication/fake-issuer';
import { httpsServer, type TestServer } from '../https-server';

const POLICY: RbacPolicy = {
  ...builtInRoles('1.34'),
  roles: [],
  roleBindings: [
    {
      name: 'oidc-view',
      namespace: 'shop',
      roleRef: { kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'Group', name: 'okta:eks-admins' }],
    },
  ],
};
const LIST_PODS = { verb: 'list', apiGroup: '', resource: 'pods', namespace: 'shop' };
const LIST_ALL_PODS = { verb: 'list', apiGroup: '', resource: 'pods' };

describe('the simulated API server', () => {
  let issuer: FakeIssuer;
  let server: TestServer;
  let authentication: AuthenticationConfig;
  let api: ApiServer;

  beforeAll(async () => {
    issuer = await fakeIssuer();
    server = await httpsServer(async (request, response) => {
      response.end(await (await issuer.fetch(request.url ?? '')).text());
    });
    issuer.discovery = { issuer: server.url, jwks_uri: `${server.url}/v1/keys` };
    authentication = {
      issuerUrl: server.url,
      clientId: CLIENT,
      usernameClaim: 'email',
      usernamePrefix: 'okta:',
      groupsClaim: 'groups',
      groupsPrefix: 'okta:',
      requiredClaims: {},
    };
    api = simulatedApiServer({ authentication, policy: POLICY, caPem: server.caPem, now: () => NOW });
  });

  afterAll(() => server.close());

  test('allows what the group may do, and says why', async () => {
    const answer = await api.ask(await issuer.sign({ iss: server.url }), LIST_PODS);

    expect(answer).toEqual({
      status: 200,
      user: { name: 'okta:ana@example.com', groups: ['okta:eks-admins', 'system:authenticated'] },
      reason: 'okta:eks-admins has the ClusterRole view by oidc-view',
    });
  });

  test('refuses other namespaces', async () => {
    const answer = await api.ask(await issuer.sign({ iss: server.url }), LIST_ALL_PODS);

    expect(answer).toEqual({
      status: 403,
      user: { name: 'okta:ana@example.com', groups: ['okta:eks-admins', 'system:authenticated'] },
      reason: 'okta:ana@example.com is not allowed to list pods on the whole cluster',
    });
  });

  test.each([
    ['in the wrong case', ['EKS-Admins']],
    ['that carries the prefix itself', ['okta:eks-admins']],
    ['of nobody', []],
  ])('refuses a person with a group %s', async (_, groups) => {
    const { status } = await api.ask(await issuer.sign({ iss: server.url, groups }), LIST_PODS);

    expect(status).toBe(403);
  });

  test('authenticates a person without groups, who may use discovery', async () => {
    const token = await issuer.sign({ iss: server.url, groups: undefined });

    const answer = await api.ask(token, { verb: 'get', path: '/api' });

    expect(answer).toMatchObject({ status: 200, user: { groups: ['system:authenticated'] } });
  });

  test('does not authenticate a token that it cannot verify', async () => {
    expect(await api.ask(await issuer.sign({ iss: ISSUER }), LIST_PODS)).toEqual({
      status: 401,
      reason: `no authenticator for the issuer "${ISSUER}", expected "${server.url}"`,
    });
  });

  test('does not authenticate a token with unusable claims', async () => {
    expect(await api.ask(await issuer.sign({ iss: server.url, email_verified: false }), LIST_PODS)).toEqual({
      status: 401,
      reason: 'oidc: email not verified',
    });
  });

  test.each([
    ['no token', undefined],
    ['an empty token', ''],
    ['what follows a second space', ' e30.e30.e30'],
  ])('treats %s as an anonymous request', async (_, token) => {
    const user = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

    expect(await api.ask(token, { verb: 'get', path: '/healthz' })).toMatchObject({ status: 200, user });
    expect(await api.ask(token, LIST_PODS)).toMatchObject({ status: 403, user });
  });

  test('ignores what follows a space in the header', async () => {
    const token = await issuer.sign({ iss: server.url });

    expect((await api.ask(`${token} x`, LIST_PODS)).status).toBe(200);
    expect((await api.ask(token.replace('.', ' .'), LIST_PODS)).status).toBe(401);
  });

  test.each([
    ['the group of authenticated users', { groups: ['system:authenticated'] }, ['system:authenticated']],
    ['the group of unauthenticated users', { groups: ['system:unauthenticated'] }, ['system:unauthenticated']],
    ['the name of the anonymous user', { email: 'system:anonymous', groups: [] }, []],
  ])('adds no group to a person who claims %s, without prefixes', async (_, claims, groups) => {
    const bare = simulatedApiServer({
      authentication: { ...authentication, usernamePrefix: '', groupsPrefix: '' },
      policy: POLICY,
      caPem: server.caPem,
      now: () => NOW,
    });

    const { user } = await bare.ask(await issuer.sign({ iss: server.url, ...claims }), LIST_PODS);

    expect(user?.groups).toEqual(groups);
  });

  test('authenticates nobody if another authority signed the certificate of the issuer', async () => {
    const { caPem } = await createCertificateAuthority();
    const strict = simulatedApiServer({ authentication, policy: POLICY, caPem, now: () => NOW });

    const { status, reason } = await strict.ask(await issuer.sign({ iss: server.url }), LIST_PODS);

    expect(status).toBe(401);
    expect(reason).toMatch(/^oidc: authenticator not initialized: /);
  });

  test('fails for an invalid request', async () => {
    const token = await issuer.sign({ iss: server.url });

    await expect(api.ask(token, undefined as never)).rejects.toThrow(TypeError);
  });

  test('uses the time of this machine by default', async () => {
    const today = simulatedApiServer({ authentication, policy: POLICY, caPem: server.caPem });

    const answer = await today.ask(await issuer.sign({ iss: server.url, exp: 1 }), LIST_PODS);
    const later = await today.ask(
      await issuer.sign({ iss: server.url, exp: Math.floor(Date.now() / 1000) + 60 }),
      LIST_PODS,
    );

    expect([answer.reason, later.status]).toEqual(['oidc: token is expired', 200]);
  });
});
