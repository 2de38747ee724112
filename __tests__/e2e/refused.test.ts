import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Access, readAccess } from '../../model';
import type { AccessRequest } from '../../rbac';
import { writeKubeconfig } from '../../sandbox/api-server/kubeconfig';
import { httpsFetch } from '../../sandbox/https-fetch';
import { runKubectl } from '../../sandbox/kubectl';
import type { RealWorld } from '../../sandbox/real-world';
import { signIn } from '../../sandbox/sign-in/authorization-code';
import { DAY } from '../day';
import { BUILD_TIMEOUT, kubelogin, person, realWorld, TIMEOUT } from './world';

/** Two clusters with their own apps, and a group that may view one namespace. */
const access: Access = readAccess(
  {
    okta: { orgName: 'example' },
    groups: { 'eks-admins': {}, 'eks-viewers': {} },
    clusters: {
      prod: { kind: 'existing-eks', region: 'eu-west-1' },
      stage: { kind: 'existing-eks', region: 'eu-west-1', name: 's' },
    },
    namespaces: { 'team-a': { create: true } },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-viewers', role: 'view', clusters: ['prod'], namespaces: ['team-a'] },
    ],
  },
  DAY,
);
const VIEWER = 'eks-viewers@demo.example';
const PODS: AccessRequest = { verb: 'list', apiGroup: '', resource: 'pods', namespace: 'team-a' };

let world: RealWorld;

beforeAll(async () => {
  world = await realWorld(access);
}, BUILD_TIMEOUT);

afterAll(() => world?.close());

const settings = (cluster = 'prod') => {
  const found = world.clusters.find(({ key }) => key === cluster);
  if (found === undefined) throw new Error(`no cluster ${cluster}`);
  return found.authentication;
};
const ask = (token: string, request: AccessRequest = PODS) => world.servers.get('prod')?.ask(token, request);

/** kubectl with any token. */
function kubectl(token: string, ...args: string[]) {
  const { folder, servers } = world;
  const { url: server, caPem } = servers.get('prod') ?? { url: '', caPem: '' };
  const kubeconfig = join(folder, 'refused.kubeconfig');
  writeKubeconfig(kubeconfig, [{ name: 'prod', server, caPem, user: { token } }]);
  return runKubectl({ folder, kubeconfig, args });
}
const LIST = ['get', 'pods', '--namespace=team-a'];

function signInAs(login: string, changes: Partial<Parameters<typeof signIn>[0]> = {}) {
  const { issuerUrl, clientId } = settings();
  const { password, issuer } = world;
  return signIn({
    ...{ issuerUrl, clientId, scopes: ['openid', 'email', 'profile'], login, password, caPem: issuer.caPem },
    ...changes,
  });
}

describe('refused at Okta', () => {
  test.each([
    [
      'a person in no assigned group',
      'nobody@demo.example',
      {},
      'access_denied: User is not assigned to the client application.',
    ],
    [
      'a scope that does not exist',
      VIEWER,
      { scopes: ['openid', 'groups'] },
      'invalid_scope: One or more scopes are not configured for the authorization server resource.',
    ],
    ['a redirect to another port', VIEWER, { redirectPort: 9999 }, /redirect_uri/],
    ['another client', VIEWER, { clientId: '0oaother' }, /invalid_client/],
    ['a wrong password', VIEWER, { password: 'wrong' }, /Unable to sign in/],
  ])(
    'is %s',
    async (_, login, changes, message) => {
      await expect(signInAs(login, changes)).rejects.toThrow(message);
    },
    TIMEOUT,
  );

  test.each([
    ['a scope that does not exist', '--oidc-extra-scope=email', '--oidc-extra-scope=groups', 'invalid_scope'],
    ['a request without PKCE', '--oidc-pkce-method=S256', '--oidc-pkce-method=no', 'invalid_request'],
    ['another client', /^--oidc-client-id=.*/, '--oidc-client-id=0oaother', "Invalid value for 'client_id' parameter"],
    ['a redirect to another port', /^--listen-address=.*/, '--listen-address=127.0.0.1:9998', 'redirect_uri'],
  ])(
    'is, with kubelogin, %s',
    async (_, from, to, message) => {
      const viewer = person(world, VIEWER);
      viewer.forgetTokens();

      const { code, output } = await kubelogin(viewer, 'prod', (argument) => argument.replace(from, to));

      expect(output).toContain(message);
      expect(code).not.toBe(0);
    },
    TIMEOUT,
  );

  test(
    'is a request without PKCE, and one with the plain method',
    async () => {
      const { issuerUrl, clientId } = settings();
      const authorize = async (pkce: object) => {
        const query = new URLSearchParams({
          ...{ client_id: clientId, response_type: 'code', scope: 'openid', state: 's', nonce: 'n' },
          ...{ redirect_uri: 'http://localhost:8000', ...pkce },
        });
        const response = await httpsFetch(world.issuer.caPem)(`${issuerUrl}/v1/authorize?${query}`);
        return new URL(response.headers.get('location') ?? '', issuerUrl).searchParams.get('error');
      };
      const verifier = randomBytes(32).toString('base64url');
      const challenge = createHash('sha256').update(verifier).digest('base64url');

      expect(await authorize({})).toBe('invalid_request');
      expect(await authorize({ code_challenge: verifier, code_challenge_method: 'plain' })).toBe('invalid_request');
      expect(await authorize({ code_challenge: challenge, code_challenge_method: 'S256' })).toBeNull();
    },
    TIMEOUT,
  );
});

describe('refused by the API server', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const valid = () => {
    const { issuerUrl, clientId } = settings();
    return {
      ...{ iss: issuerUrl, aud: clientId, sub: '00u1', email: 'ana@example.com', iat: now(), exp: now() + 3600 },
      groups: ['eks-viewers'],
    };
  };
  const signed = async (changes: object) => {
    const serverId = settings().issuerUrl.split('/').at(-1) as string;
    return world.issuer.signForTest(serverId, { ...valid(), ...changes });
  };

  test('is not a valid token, which the next tests change in one place', async () => {
    expect(await kubectl(await signed({}), ...LIST)).toMatchObject({ code: 0 });
    expect(await ask(await signed({}))).toMatchObject({
      status: 200,
      user: { name: 'okta:ana@example.com', groups: ['okta:eks-viewers', 'system:authenticated'] },
    });
  });

  test.each([
    ['that has expired', () => ({ exp: now() - 60 })],
    ["for another cluster's app", () => ({ aud: settings('stage').clientId })],
    ['of another issuer', () => ({ iss: 'https://example.okta.com/oauth2/other' })],
    ['with email_verified: false', () => ({ email_verified: false })],
    ['without the username claim', () => ({ email: undefined })],
  ])('with 401 is a token %s', async (_, changes) => {
    const token = await signed(changes());

    expect((await ask(token))?.status).toBe(401);
    expect(await kubectl(token, ...LIST)).toMatchObject({ code: 1, stderr: expect.stringContaining('Unauthorized') });
  });

  test('with 401 is a token with a forged signature, and one without any', async () => {
    const [header = '', claims = '', signature = ''] = (await signed({})).split('.');
    const forged = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

    expect((await ask(`${header}.${part({ ...forged, groups: ['eks-admins'] })}.${signature}`))?.status).toBe(401);
    expect((await ask(`${part({ alg: 'none' })}.${claims}.`))?.status).toBe(401);
  });

  const SERVICE_ACCOUNT_TOKEN: AccessRequest = {
    ...{ verb: 'create', apiGroup: '', resource: 'serviceaccounts', subresource: 'token' },
    ...{ name: 'default', namespace: 'team-a' },
  };

  test.each<[string, object, AccessRequest, string]>([
    ['a person in no group', { groups: [] }, PODS, 'get pods --namespace=team-a'],
    ['a group in another case', { groups: ['EKS-Viewers'] }, PODS, 'get pods --namespace=team-a'],
    ['a group that contains the prefix itself', { groups: ['okta:eks-viewers'] }, PODS, 'get pods --namespace=team-a'],
    ['another namespace', {}, { ...PODS, namespace: 'team-b' }, 'get pods --namespace=team-b'],
    ['the whole cluster', {}, { ...PODS, namespace: undefined }, 'get pods --all-namespaces'],
    ['another verb', {}, { ...PODS, verb: 'delete' }, 'delete pod any --namespace=team-a'],
    ['another subresource', {}, SERVICE_ACCOUNT_TOKEN, 'create token default --namespace=team-a'],
  ])('with 403 is %s', async (_, changes, request, command) => {
    const token = await signed(changes);

    expect((await ask(token, request))?.status).toBe(403);
    expect(await kubectl(token, ...command.split(' '))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/forbidden/i),
    });
  });
});
