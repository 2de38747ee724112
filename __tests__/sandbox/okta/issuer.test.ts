import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { httpsFetch } from '../../../sandbox/https-fetch';
import type * as oidcLibrary from '../../../sandbox/okta/oidc-library';
import { RawClient } from '../raw-requests';
import { IssuerWorld, TestBrowser, VERIFIER } from './issuer-world';

describe('issuer', () => {
  let world: IssuerWorld;

  beforeAll(async () => {
    world = await IssuerWorld.start();
  });

  /** The result of a sign-in: Okta's error in the redirect or on a page. */
  async function refusal(changes: Record<string, string | undefined>, login = 'ana@example.com'): Promise<string> {
    const browser = new TestBrowser(world.fetch);
    const start = await browser.open(world.authorizeUrl(changes));
    const end = start.page?.status === 200 ? await browser.fillIn(start, login) : start;
    if (end.page !== undefined) return `page ${end.page.status}: ${/role="alert">([^<]*)/.exec(end.page.text)?.[1]}`;
    const { searchParams } = end.url;
    return `${end.url.origin} ${searchParams.get('error') ?? 'signed in'}: ${searchParams.get('error_description')}`;
  }

  async function codeOf(changes: Record<string, string> = {}): Promise<string> {
    const { searchParams } = await new TestBrowser(world.fetch).signIn(world.authorizeUrl(changes), 'ana@example.com');
    return searchParams.get('code') as string;
  }

  describe('discovery', () => {
    test("has Okta's paths", async () => {
      const answer = await world.fetch(world.url('/.well-known/openid-configuration'));

      const issuer = `https://localhost:${world.issuer.port}/oauth2/aus1`;
      expect(await answer.json()).toMatchObject({
        issuer,
        authorization_endpoint: `${issuer}/v1/authorize`,
        token_endpoint: `${issuer}/v1/token`,
        jwks_uri: `${issuer}/v1/keys`,
        userinfo_endpoint: `${issuer}/v1/userinfo`,
        revocation_endpoint: `${issuer}/v1/revoke`,
        device_authorization_endpoint: `${issuer}/v1/device/authorize`,
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      });
    });

    test('exists for every authorization server of the organization only', async () => {
      const path = '/.well-known/openid-configuration';
      const { issuer } = (await (await world.fetch(world.url(path, 'aus2'))).json()) as { issuer: string };

      expect(issuer).toBe(`https://localhost:${world.issuer.port}/oauth2/aus2`);
      expect((await world.fetch(world.url(path, 'aus3'))).status).toBe(404);
    });

    test.each(['example.com', '[', ''])('does not repeat the host %p of a request', async (host) => {
      const client = new RawClient(world.issuer.port, world.issuer.caPem);
      const path = '/oauth2/aus1/.well-known/openid-configuration';
      const own = await (await world.fetch(world.url('/.well-known/openid-configuration'))).json();

      const text = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Host: ${host}\r\nConnection: close\r\n\r\n`;
      const [, body = ''] = (await client.answer({ text, ending: 'close' })).split('\r\n\r\n');

      expect(JSON.parse(body)).toEqual(own);
    });

    test('has one public RS256 key for each authorization server', async () => {
      const keysOf = async (server: string) =>
        ((await (await world.fetch(world.url('/v1/keys', server))).json()) as { keys: Record<string, string>[] }).keys;

      const [keys, others] = [await keysOf('aus1'), await keysOf('aus2')];

      expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
      expect(keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
      expect(others[0]?.n).not.toBe(keys[0]?.n);
    });
  });

  test.each([
    ['of the library', 'appByClientId'],
    ['of the sign-in page', 'checkPassword'],
  ] as const)('logs an internal error %s in one line, without a stack trace', async (_, method) => {
    const logged = jest.spyOn(console, 'error').mockReturnValue();
    const broken = jest.spyOn(world.organization, method);
    const browser = new TestBrowser(world.fetch);
    const start = await browser.open(world.authorizeUrl());
    broken.mockImplementation(() => {
      throw new Error('out of order');
    });

    if (method === 'checkPassword') await browser.fillIn(start, 'ana@example.com');
    else await browser.open(world.authorizeUrl());

    expect(logged.mock.calls).toEqual([['Could not answer a request: out of order']]);
    broken.mockRestore();
    logged.mockRestore();
  });

  test.each(['//', 'http://['])('returns 404 for the path %s', async (address) => {
    const client = new RawClient(world.issuer.port, world.issuer.caPem);

    const answer = await client.answer({ text: `GET ${address} HTTP/1.1\r\nHost: localhost\r\n\r\n`, ending: 'close' });

    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  });

  describe('ID token', () => {
    test('is for the app, lives an hour, and has the groups that match the claim', async () => {
      const { id_token: idToken = '' } = await world.tokens();

      const { sub, iat = 0, exp, auth_time, jti, ...claims } = decodeJwt(idToken);
      expect(claims).toEqual({
        iss: `https://localhost:${world.issuer.port}/oauth2/aus1`,
        aud: 'eks',
        nonce: 'the-nonce',
        email: 'ana@example.com',
        groups: ['EKS-Upper', 'eks-admins'],
        amr: ['pwd'],
        ver: 1,
      });
      expect(sub).toBe(world.organization.userByLogin('ana@example.com')?.id);
      expect(exp).toBe(iat + 60 * 60);
      expect(auth_time).toEqual(expect.any(Number));
      expect(jti).toMatch(/^ID\./);
    });

    test('is signed with the key of the authorization server', async () => {
      const { id_token: idToken = '' } = await world.tokens();

      const keys = createRemoteJWKSet(new URL(world.url('/v1/keys')), {
        [customFetch]: (url: string) => world.fetch(url),
      });
      await jwtVerify(idToken, keys, { algorithms: ['RS256'] });
      expect(decodeProtectedHeader(idToken).alg).toBe('RS256');
    });

    test('has no email without the scope', async () => {
      const { id_token: idToken = '' } = await world.tokens({ scope: 'openid' });

      expect(decodeJwt(idToken)).not.toHaveProperty('email');
      expect(decodeJwt(idToken)).toHaveProperty('groups');
    });

    test('is not issued if there are more groups than Okta allows', async () => {
      world.organization.addUser({ login: 'joiner@example.com' });
      world.organization.addMember('eks-admins', 'joiner@example.com');
      for (let number = 0; number < 100; number++) {
        world.organization.addGroup(`eks-${number}`);
        world.organization.addMember(`eks-${number}`, 'joiner@example.com');
      }

      const report = jest.spyOn(console, 'error').mockImplementation();

      const body = await world.tokens({}, 'joiner@example.com');

      expect(report).not.toHaveBeenCalled();
      report.mockRestore();
      expect(body).toEqual({
        error: 'server_error',
        error_description: expect.stringContaining("The claim 'groups' matches 101 groups"),
      });
    });
  });

  test("the access token lives as long as the policy's rule says", async () => {
    const { expires_in: seconds, token_type: type } = await world.tokens();

    expect([seconds, type]).toEqual([30 * 60, 'Bearer']);
  });

  test('userinfo returns the user of an access token', async () => {
    const { access_token: token } = await world.tokens();

    const answer = await world.fetch(world.url('/v1/userinfo'), { headers: { authorization: `Bearer ${token}` } });

    expect(await answer.json()).toEqual({
      sub: world.organization.userByLogin('ana@example.com')?.id,
      email: 'ana@example.com',
      groups: ['EKS-Upper', 'eks-admins'],
    });
  });

  test('userinfo refuses a revoked token', async () => {
    const { access_token: token = '' } = await world.tokens();

    const revoked = await world.post(world.url('/v1/revoke'), { client_id: 'eks', token });

    expect(revoked.status).toBe(200);
    const answer = await world.fetch(world.url('/v1/userinfo'), { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(401);
  });

  describe('refuses a request to sign in', () => {
    const POLICY = 'Policy evaluation failed for this request, please check the policy configurations.';
    const WRONG_REDIRECT = `page 400: The &#39;redirect_uri&#39; parameter must be a Login redirect URI in the client app settings.`;

    test.each<[string, Record<string, string | undefined>, string]>([
      ['an unknown app', { client_id: 'other' }, `page 400: Invalid value for &#39;client_id&#39; parameter.`],
      ['a redirect URI with an additional slash', { redirect_uri: 'http://localhost:8000/' }, WRONG_REDIRECT],
      ['a redirect URI with another port', { redirect_uri: 'http://localhost:8001' }, WRONG_REDIRECT],
      ['a redirect URI with another host', { redirect_uri: 'http://127.0.0.1:8000' }, WRONG_REDIRECT],
      [
        'an unknown scope',
        { scope: 'openid groups' },
        'http://localhost:8000 invalid_scope: One or more scopes are not configured for the authorization server resource.',
      ],
      ['a scope that no rule allows', { scope: 'openid phone' }, `http://localhost:8000 access_denied: ${POLICY}`],
      ['an app without a policy', { client_id: 'without-policy' }, `http://localhost:8000 access_denied: ${POLICY}`],
      [
        'no PKCE',
        { code_challenge: undefined, code_challenge_method: undefined },
        "http://localhost:8000 invalid_request: PKCE code challenge is required when the token endpoint authentication method is 'NONE'.",
      ],
      [
        'plain PKCE',
        { code_challenge_method: 'plain' },
        'http://localhost:8000 invalid_request: not supported value of code_challenge_method',
      ],
      [
        'no session and prompt=none',
        { prompt: 'none' },
        'http://localhost:8000 login_required: End-User authentication is required',
      ],
    ])('with %s', async (_case, changes, expected) => {
      expect(await refusal(changes)).toBe(expected);
    });

    test('of a person who is not assigned to the app', async () => {
      expect(await refusal({}, 'eve@example.com')).toBe(
        'http://localhost:8000 access_denied: User is not assigned to the client application.',
      );
    });

    test('with the state of the request', async () => {
      const { url } = await new TestBrowser(world.fetch).open(world.authorizeUrl({ scope: 'openid groups' }));

      expect(url.searchParams.get('state')).toBe('the-state');
    });
  });

  test('accepts the second redirect URI', async () => {
    expect(await refusal({ redirect_uri: 'http://localhost:18000' })).toBe('http://localhost:18000 signed in: null');
  });

  describe('refuses a code', () => {
    test('with another verifier', async () => {
      const answer = await world.exchange(await codeOf(), { code_verifier: `${VERIFIER}-not` });

      expect(answer).toEqual({
        status: 400,
        body: { error: 'invalid_grant', error_description: 'PKCE verification failed.' },
      });
    });

    test.each([
      ['another verifier', { code_verifier: `${VERIFIER}-not` }],
      ['no verifier', { code_verifier: '' }],
      ['another redirect URI', { redirect_uri: 'http://localhost:18000' }],
      ['another app', { client_id: 'lenient' }],
    ])('that somebody tried with %s before', async (_case, changes) => {
      const code = await codeOf();
      await world.exchange(code, changes);

      expect(await world.exchange(code)).toEqual(INVALID_CODE);
    });

    test('that was used, and revokes its tokens after another try with a wrong verifier', async () => {
      const code = await codeOf();
      const { body: tokens } = await world.exchange(code);
      await world.exchange(code, { code_verifier: `${VERIFIER}-not` });

      expect(await world.exchange(code)).toEqual(INVALID_CODE);

      const headers = { authorization: `Bearer ${tokens.access_token}` };
      expect((await world.fetch(world.url('/v1/userinfo'), { headers })).status).toBe(401);
    });

    test.each([
      ['of another app', { client_id: 'lenient' }],
      ['with another redirect URI', { redirect_uri: 'http://localhost:18000' }],
    ])('%s', async (_case, changes) => {
      const answer = await world.exchange(await codeOf(), changes);

      expect(answer).toEqual(INVALID_CODE);
    });

    test('at another authorization server', async () => {
      expect(await world.exchange(await codeOf(), {}, 'aus2')).toEqual(INVALID_CODE);
    });

    test('that was used, and revokes its tokens', async () => {
      const code = await codeOf();
      const { body: tokens } = await world.exchange(code);

      expect(await world.exchange(code)).toEqual(INVALID_CODE);

      const headers = { authorization: `Bearer ${tokens.access_token}` };
      expect((await world.fetch(world.url('/v1/userinfo'), { headers })).status).toBe(401);
    });

    test('that is five minutes old', async () => {
      const code = await codeOf();
      const now = Date.now();
      const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 5 * 60_000);

      const answer = await world.exchange(code);

      clock.mockRestore();
      expect(answer).toEqual(INVALID_CODE);
    });

    test('of an unknown app', async () => {
      expect(await world.exchange(await codeOf(), { client_id: 'other' })).toEqual({
        status: 401,
        body: { error: 'invalid_client', error_description: "Invalid value for 'client_id' parameter." },
      });
    });

    test('of a person who was removed after the sign-in', async () => {
      world.organization.addUser({ login: 'leaver@example.com' });
      world.organization.addMember('eks-admins', 'leaver@example.com');
      const browser = new TestBrowser(world.fetch);
      const { searchParams } = await browser.signIn(world.authorizeUrl(), 'leaver@example.com');
      world.organization.removeMember('eks-admins', 'leaver@example.com');

      const answer = await world.exchange(searchParams.get('code') as string);

      expect(answer).toEqual({
        status: 400,
        body: { error: 'access_denied', error_description: 'User is not assigned to the client application.' },
      });
    });

    const INVALID_CODE = {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The authorization code is invalid or has expired.' },
    };
  });

  describe('for tests', () => {
    test('signs any claims with the key of an authorization server', async () => {
      const token = await world.issuer.signForTest('aus1', { iss: 'anybody', email_verified: false });

      const keys = createRemoteJWKSet(new URL(world.url('/v1/keys')), {
        [customFetch]: (url: string) => world.fetch(url),
      });
      const { payload } = await jwtVerify(token, keys);
      expect(payload).toEqual({ iss: 'anybody', email_verified: false });
    });

    test('fails to sign for an unknown authorization server', async () => {
      await expect(world.issuer.signForTest('aus3', {})).rejects.toThrow(
        'There is no authorization server with the id aus3.',
      );
    });
  });

  test('listens on the loopback interface only', async () => {
    const addresses = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
    const others = addresses.filter(({ internal, family }) => !internal && family === 'IPv4');

    for (const { address } of others) {
      await expect(world.fetch(`https://${address}:${world.issuer.port}/`)).rejects.toThrow('ECONNREFUSED');
    }
  });

  test('does not answer after it was closed', async () => {
    const other = await IssuerWorld.start();
    const url = other.url('/v1/keys');
    const { status } = await other.fetch(url);

    await other.issuer.close();

    expect(status).toBe(200);
    await expect(httpsFetch(other.issuer.caPem)(url)).rejects.toThrow('ECONNREFUSED');
  });

  test('closes idle connections', async () => {
    const other = await IssuerWorld.start();
    const idle = connect(other.issuer.port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    await other.fetch(other.url('/v1/keys'));

    await other.issuer.close();

    await new Promise((resolve) => idle.once('close', resolve));
    expect(idle.destroyed).toBe(true);
  });

  test('loads its library without a warning, and restores the console', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const other = console.warn;

    await jest.isolateModulesAsync(async () => {
      const { loadOidcLibrary } = require('../../../sandbox/okta/oidc-library') as typeof oidcLibrary;
      await loadOidcLibrary();
    });

    expect(warn).not.toHaveBeenCalled();
    expect(console.warn).toBe(other);
    warn.mockRestore();
  });
});
