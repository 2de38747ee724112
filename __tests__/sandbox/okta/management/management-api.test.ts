import { createPrivateKey } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { decodeJwt, SignJWT } from 'jose';
import type { CredentialsProps, ServiceApp } from '../../../../sandbox/okta/management/credentials';
import { IssuerWorld } from '../issuer-world';
import { type ApiAnswer, ManagementTestWorld } from './management-world';

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

interface TokenRequest {
  readonly scope?: string;
  readonly grantType?: string;
  /** Claims of the assertion, and the key that signs it. */
  readonly audience?: string;
  readonly issuer?: string;
  readonly expires?: string;
  readonly key?: string;
}

/** Asks for an access token as a service app. */
async function token(world: ManagementTestWorld, app: ServiceApp, wanted: TokenRequest = {}): Promise<ApiAnswer> {
  const { url } = world.management;
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(wanted.issuer ?? app.clientId)
    .setSubject(app.clientId)
    .setAudience(wanted.audience ?? `${url}/oauth2/v1/token`)
    .setIssuedAt()
    .setExpirationTime(wanted.expires ?? '5 min')
    .sign(createPrivateKey(wanted.key ?? app.privateKey));
  const response = await world.fetch(`${url}/oauth2/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: wanted.grantType ?? 'client_credentials',
      scope: wanted.scope ?? 'okta.groups.read',
      client_assertion_type: ASSERTION,
      client_assertion: assertion,
    }).toString(),
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

/** Calls as a service app with these credentials. */
async function asService(
  world: ManagementTestWorld,
  props: CredentialsProps,
  scope: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  const { serviceApp } = world.management.credentials(props);
  const { body: answer } = await token(world, serviceApp, { scope });
  return world.callWith(`Bearer ${answer.access_token}`, method, path, body);
}

describe('the management API', () => {
  let world: ManagementTestWorld;

  beforeAll(async () => {
    world = await ManagementTestWorld.start();
  });

  test('is off by default', async () => {
    const { issuer, fetch } = await IssuerWorld.start();

    const paths = ['/api/v1/users/me', '/oauth2/v1/token', '/.well-known/okta-organization'];
    const statuses = await Promise.all(
      paths.map(async (path) => (await fetch(`https://localhost:${issuer.port}${path}`)).status),
    );

    expect(statuses).toEqual([404, 404, 404]);
    expect(issuer.management).toBeUndefined();
  });

  test('is without people of its own in a proof', () => {
    expect(world.organization.people().map(({ login }) => login)).toEqual(['ana@example.com', 'ben@example.com']);
  });

  describe('credentials', () => {
    test.each([
      ['none', undefined, 403, 'E0000005', 'Invalid session'],
      ['another scheme', 'Basic YTpi', 403, 'E0000005', 'Invalid session'],
      ['a wrong API token', 'SSWS 00wrong', 401, 'E0000011', 'Invalid token provided'],
      ['no API token', 'SSWS', 401, 'E0000011', 'Invalid token provided'],
      ['a wrong access token', 'Bearer a.b.c', 401, 'E0000011', 'Invalid token provided'],
    ])('are refused: %s', async (_what, authorization, status, errorCode, errorSummary) => {
      const answer = await world.callWith(authorization, 'GET', '/groups');

      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({ errorCode, errorSummary, errorLink: errorCode, errorCauses: [] });
    });

    test('of an API token are those of an administrator', async () => {
      const { body } = await world.call('GET', '/users/me');
      const roles = await world.call('GET', '/users/me/roles');

      expect(body).toMatchObject({ status: 'ACTIVE', profile: { login: 'admin@okta.example' } });
      expect(roles.body).toMatchObject([{ type: 'SUPER_ADMIN', status: 'ACTIVE' }]);
    });

    test('end when the administrator is deactivated', async () => {
      const { apiToken } = world.management.credentials({ role: 'READ_ONLY_ADMIN' });
      const before = await world.callWith(`SSWS ${apiToken}`, 'GET', '/groups');

      await world.call('POST', '/users/read-only-admin@okta.example/lifecycle/deactivate');

      expect(before.status).toBe(200);
      expect((await world.callWith(`SSWS ${apiToken}`, 'GET', '/groups')).status).toBe(401);
    });

    test('of a read-only administrator change nothing', async () => {
      const other = await ManagementTestWorld.start();
      const { apiToken } = other.management.credentials({ role: 'READ_ONLY_ADMIN' });

      const read = await other.callWith(`SSWS ${apiToken}`, 'GET', '/groups');
      const written = await other.callWith(`SSWS ${apiToken}`, 'POST', '/groups', { profile: { name: 'x' } });

      expect([read.status, written.status, written.body.errorCode]).toEqual([200, 403, 'E0000006']);
      expect(other.organization.groupByName('x')).toBeUndefined();
    });

    test('of a service app without a role do nothing, whatever its scopes', async () => {
      const answer = await asService(world, { role: null }, 'okta.groups.read', 'GET', '/groups');

      expect([answer.status, answer.body.errorCode]).toEqual([403, 'E0000006']);
    });

    test.each([
      ['okta.groups.read', 'GET', '/groups', 200],
      ['okta.groups.read', 'POST', '/groups', 403],
      ['okta.groups.manage', 'GET', '/groups', 200],
      ['okta.groups.manage', 'GET', '/groups/rules', 200],
      ['okta.groups.manage', 'GET', '/users', 403],
      ['okta.users.read', 'GET', '/users/ana@example.com', 200],
      ['okta.users.read', 'GET', '/users/ana@example.com/groups', 200],
      ['okta.users.read', 'GET', '/users/ana@example.com/roles', 403],
      ['okta.users.read', 'DELETE', '/users/ana@example.com/sessions', 403],
      ['okta.users.manage', 'DELETE', '/users/ana@example.com/sessions', 204],
      ['okta.roles.read', 'GET', '/users/ana@example.com/roles', 200],
      ['okta.apps.read', 'GET', '/apps', 200],
      ['okta.authorizationServers.read', 'GET', '/authorizationServers', 200],
      ['okta.policies.read', 'GET', '/policies?type=ACCESS_POLICY', 200],
      ['okta.networkZones.read', 'GET', '/zones', 200],
      ['okta.logs.read', 'GET', '/logs', 200],
      ['okta.logs.read', 'GET', '/apps', 403],
    ])('with the scope %s: %s %s is answered with %s', async (scope, method, path, status) => {
      const answer = await asService(world, {}, scope, method, path);

      expect(answer.status).toBe(status);
    });

    test('without the scope are told which one is missing', async () => {
      const { headers, body } = await asService(world, {}, 'okta.users.read', 'GET', '/groups');

      expect(body).toMatchObject({
        errorCode: 'E0000006',
        errorSummary: 'You do not have permission to perform the requested action',
      });
      expect(headers.get('www-authenticate')).toBe(
        `Bearer authorization_uri="${world.management.url}/oauth2/v1/authorize", realm="${world.management.url}", scope="okta.groups.read", error="insufficient_scope", error_description="The access token provided does not contain the required scopes.", resource="/api/v1/groups"`,
      );
    });

    test('of a service app become a token for an hour, with the scopes', async () => {
      const { serviceApp } = world.management;

      const { status, body } = await token(world, serviceApp, { scope: 'okta.groups.read okta.users.manage' });

      const { cid, scp, iat = 0, exp } = decodeJwt(body.access_token);
      expect(status).toBe(200);
      expect(body).toEqual({
        token_type: 'Bearer',
        expires_in: 3600,
        access_token: expect.any(String),
        scope: 'okta.groups.read okta.users.manage',
      });
      expect({ cid, scp, life: (exp ?? 0) - iat }).toEqual({
        cid: serviceApp.clientId,
        scp: ['okta.groups.read', 'okta.users.manage'],
        life: 3600,
      });
    });

    test.each<[string, TokenRequest, number, string]>([
      ['a scope that was not granted', { scope: 'okta.groups.read okta.users.read' }, 400, 'invalid_scope'],
      ['no scope', { scope: '' }, 400, 'invalid_scope'],
      ['an assertion for another audience', { audience: 'https://example.com' }, 401, 'invalid_client'],
      ['an assertion of another app', { issuer: '0oaother' }, 401, 'invalid_client'],
      ['an assertion that has expired', { expires: '-1 min' }, 401, 'invalid_client'],
      ['another grant type', { grantType: 'password' }, 400, 'unsupported_grant_type'],
    ])('of a service app are refused for %s', async (_what, wanted, status, error) => {
      const { serviceApp } = world.management.credentials({ scopes: ['okta.groups.read'] });

      const answer = await token(world, serviceApp, wanted);

      expect([answer.status, answer.body.error]).toEqual([status, error]);
    });

    test('of a service app are refused for the key of another app', async () => {
      const [one, other] = [world.management.credentials(), world.management.credentials()];

      const answer = await token(world, one.serviceApp, { key: other.serviceApp.privateKey });

      expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
    });
  });

  describe('errors', () => {
    test.each([
      ['an unknown path', 'GET', '/planets', undefined, 404, 'E0000007'],
      ['a method that the path does not have', 'PATCH', '/groups', undefined, 405, 'E0000022'],
      ['a body that is not JSON', 'POST', '/groups', '{"profile":', 400, 'E0000003'],
      ['an unknown object', 'GET', '/apps/0oamissing', undefined, 404, 'E0000007'],
      ['an odd id', 'GET', '/groups/%zz', undefined, 400, 'E0000001'],
      ['the name of a property of all objects', 'GET', '/groups/__proto__', undefined, 404, 'E0000007'],
      ['a limit that is not a number', 'GET', '/groups?limit=many', undefined, 400, 'E0000001'],
      ['the limit 0', 'GET', '/groups?limit=0', undefined, 400, 'E0000001'],
    ])("have Okta's form for %s", async (_what, method, path, body, status, errorCode) => {
      const answer = await world.call(method, path, body);

      expect(answer.status).toBe(status);
      expect(answer.body).toEqual({
        errorCode,
        errorSummary: expect.any(String),
        errorLink: errorCode,
        errorId: expect.stringMatching(/^oae/),
        errorCauses: expect.any(Array),
      });
    });

    test("have Okta's form for a body of another type", async () => {
      const { url, apiToken } = world.management;

      const response = await world.fetch(`${url}/api/v1/groups`, {
        method: 'POST',
        headers: { authorization: `SSWS ${apiToken}`, 'content-type': 'text/plain' },
        body: '{}',
      });

      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ errorCode: 'E0000021' });
    });

    test('of the sandbox itself are logged, and the next call is answered', async () => {
      const logged = jest.spyOn(console, 'error').mockReturnValue();
      const broken = jest.spyOn(world.organization.groups, 'all').mockImplementation(() => {
        throw new Error('out of order');
      });

      const answer = await world.call('GET', '/groups');
      broken.mockRestore();

      expect([answer.status, answer.body.errorCode]).toEqual([500, 'E0000009']);
      expect(logged.mock.calls).toEqual([['Could not answer a request: out of order']]);
      expect((await world.call('GET', '/groups')).status).toBe(200);
      logged.mockRestore();
    });
  });

  describe('the rate limit', () => {
    test('counts the calls of each kind, and refuses those above it', async () => {
      const limited = await ManagementTestWorld.start({ rateLimit: { limit: 2, windowSeconds: 3600 } });
      const answers = [];
      for (let call = 0; call < 3; call++) answers.push(await limited.call('GET', '/groups'));

      expect(answers.map(({ status, headers }) => [status, headers.get('x-rate-limit-remaining')])).toEqual([
        [200, '1'],
        [200, '0'],
        [429, '0'],
      ]);
      const refused = answers[2] as ApiAnswer;
      expect(refused.body).toMatchObject({
        errorCode: 'E0000047',
        errorSummary: 'API call exceeded rate limit due to too many requests.',
      });
      expect(refused.headers.get('x-rate-limit-limit')).toBe('2');
      const seconds = Number(refused.headers.get('x-rate-limit-reset')) - Date.now() / 1000;
      expect(seconds).toBeGreaterThan(3000);
      expect(seconds).toBeLessThanOrEqual(3601);
      // Calls of another kind have their own limit.
      expect((await limited.call('GET', '/users')).status).toBe(200);
    });

    test('lets calls through again in the next window', async () => {
      const limited = await ManagementTestWorld.start({ rateLimit: { limit: 1, windowSeconds: 60 } });
      const now = jest.spyOn(Date, 'now');
      const start = Date.now();
      now.mockReturnValue(start);
      await limited.call('GET', '/groups');
      const refused = await limited.call('GET', '/groups');

      now.mockReturnValue(start + 60_000);
      const next = await limited.call('GET', '/groups');
      now.mockRestore();

      expect([refused.status, next.status]).toEqual([429, 200]);
    });
  });

  describe('the HTTP proxy for Terraform', () => {
    /** Sends a request with an address of another host, as a client of a proxy does. */
    function viaProxy(
      proxyUrl: string,
      path: string,
      authorization: string,
    ): Promise<{ status: number; body: string; link: string }> {
      const { hostname, port } = new URL(proxyUrl);
      return new Promise((resolve, reject) => {
        const headers = { authorization, 'proxy-authorization': 'Basic eDp5' };
        request({ hostname, port, path, headers }, async (response) => {
          const body = Buffer.concat(await response.toArray()).toString();
          resolve({ status: response.statusCode ?? 0, body, link: String(response.headers.link) });
        })
          .on('error', reject)
          .end();
      });
    }

    test('is off by default', () => {
      expect(world.management.httpProxyUrl).toBeUndefined();
    });

    test('answers as the API does, with addresses of the host that was asked', async () => {
      const proxied = await ManagementTestWorld.start({ httpProxy: true });
      const { httpProxyUrl = '', apiToken } = proxied.management;

      const page = await viaProxy(httpProxyUrl, 'http://dev-1.okta.com/api/v1/groups?limit=1', `SSWS ${apiToken}`);
      const refused = await viaProxy(httpProxyUrl, 'http://dev-1.okta.com/api/v1/groups', 'SSWS wrong');
      const other = await viaProxy(httpProxyUrl, 'http://dev-1.okta.com/oauth2/aus1/v1/keys', `SSWS ${apiToken}`);

      expect([page.status, JSON.parse(page.body).length]).toEqual([200, 1]);
      expect(page.link).toMatch(/<http:\/\/dev-1\.okta\.com\/api\/v1\/groups\?limit=1&after=00g\w+>; rel="next"$/);
      expect([refused.status, other.status]).toEqual([401, 404]);
    });

    test('listens on this machine only', async () => {
      const proxied = await ManagementTestWorld.start({ httpProxy: true });
      const { port } = new URL(proxied.management.httpProxyUrl ?? '');
      const addresses = Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .filter(({ internal, family }) => !internal && family === 'IPv4')
        .map(({ address }) => address);

      const reached = await Promise.all(
        addresses.map(
          (host) =>
            new Promise((resolve) => {
              const socket = connect({ host, port: Number(port) }, () => resolve(socket.destroy() && true));
              socket.on('error', () => resolve(false));
            }),
        ),
      );

      expect(reached).toEqual(addresses.map(() => false));
    });
  });
});
