import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { createLocalJWKSet, jwtVerify } from 'jose';
import * as z from 'zod';
import { connectOkta, type OktaConnection } from '../../../live/okta/okta-connection';
import type { OktaCredentials } from '../../../live/okta/okta-credentials';
import { OktaError } from '../../../live/okta/okta-error';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { type OktaServer, startOktaServer } from './okta-server';

const TOKEN = '00aTOKEN-hunter2';
const THING = z.object({ id: z.string() });
const CALL = 'GET /api/v1/things';
const DENIED = {
  status: 403,
  body: {
    errorCode: 'E0000006',
    errorSummary: 'You do not have permission to perform the requested action',
    errorCauses: [],
  },
};

let server: OktaServer;
let okta: OktaConnection;
let waits: string[];
let pauses: number[];
const environment = { ...process.env };

beforeAll(async () => {
  server = await startOktaServer();
});
afterAll(() => server.close());
beforeEach(() => {
  waits = [];
  pauses = [];
});
afterEach(async () => {
  await okta.close();
  process.env = { ...environment };
});

function connected(credentials: OktaCredentials = { kind: 'api-token', token: TOKEN }, address = server.address) {
  okta = connectOkta({
    ...{ organization: { orgName: 'example', baseUrl: 'okta.com' }, credentials, address },
    onWait: (sentence) => waits.push(sentence),
    pause: async (milliseconds) => pauses.push(milliseconds),
  });
  return okta;
}

/** The error of a promise that has to fail. */
async function failure(promise: Promise<unknown>): Promise<OktaError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OktaError)) throw new Error(`Not an OktaError: ${error}`);
  return error;
}

const read = () => okta.get('/api/v1/things', THING, 'the scope okta.things.read');

test('has the address of the organization, not of its Admin Console', () => {
  okta = connectOkta({
    organization: { orgName: 'dev-1', baseUrl: 'oktapreview.com' },
    credentials: { kind: 'api-token', token: TOKEN },
  });

  expect(okta.url).toBe('https://dev-1.oktapreview.com');
});

test.each([
  [{ kind: 'api-token', token: TOKEN }, `SSWS ${TOKEN}`],
  [{ kind: 'access-token', token: TOKEN }, `Bearer ${TOKEN}`],
] as const)('sends the credentials %j', async (credentials, authorization) => {
  connected(credentials);
  server.answer({ [CALL]: { body: { id: 'a', more: 1 } } });

  expect(await read()).toEqual({ id: 'a' });
  expect(server.requests).toEqual([{ call: CALL, authorization, body: '' }]);
});

describe('a list', () => {
  const next = (path: string) => ({
    link: `<${server.address.url}/api/v1/things>; rel="self", <${server.address.url}${path}>; rel="next"`,
  });
  const list = (most?: number) => okta.list('/api/v1/things', THING, '', most);

  test('has the items of all its pages', async () => {
    connected();
    server.answer({
      [CALL]: { body: [{ id: 'a' }, { id: 'b' }], headers: next('/api/v1/things?after=b') },
      [`${CALL}?after=b`]: { body: [{ id: 'c' }] },
    });

    expect(await list()).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
  });

  test('ends at the number that is asked for', async () => {
    connected();
    server.answer({ [CALL]: { body: [{ id: 'a' }, { id: 'b' }], headers: next('/api/v1/things?after=b') } });

    expect(await list(1)).toEqual([{ id: 'a' }]);
    expect(server.requests).toHaveLength(1);
  });

  test('fails if its pages have no end', async () => {
    connected();
    server.answer({ [CALL]: { body: [{ id: 'a' }], headers: next('/api/v1/things') } });

    expect(await failure(list())).toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('its next page is one of an endless list'),
    });
  });

  test('fails if its next page is of another host, which gets no credentials', async () => {
    connected();
    server.answer({ [CALL]: { body: [], headers: { link: '<https://localhost.evil.example/x>; rel="next"' } } });

    expect(await failure(list())).toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('its next page is of another host'),
    });
  });
});

describe('the limit of requests', () => {
  const limited = (seconds: number): object => {
    const now = Date.UTC(2026, 0, 1, 12) / 1000;
    return {
      status: 429,
      headers: { date: new Date(now * 1000).toUTCString(), 'x-rate-limit-reset': String(now + seconds) },
      body: { errorCode: 'E0000047', errorSummary: 'API call exceeded rate limit due to too many requests.' },
    };
  };

  test('is waited for until its reset, by the clock of Okta', async () => {
    connected();
    server.answer({ [CALL]: [limited(20), { body: { id: 'a' } }] });

    expect(await read()).toEqual({ id: 'a' });
    expect(pauses).toEqual([21_000]);
    expect(waits).toEqual([
      'Okta limits requests (429 E0000047 API call exceeded rate limit due to too many requests.): GET /api/v1/things is possible again in 21 s. Trying again in 21 s.',
    ]);
  });

  test('is waited for with a change, too, which Okta has not made', async () => {
    connected();
    server.answer({ 'DELETE /api/v1/things': [limited(0), { status: 204 }] });

    await okta.change({ method: 'DELETE', path: '/api/v1/things', needs: '' });

    expect(pauses).toEqual([1000]);
  });

  test.each([
    ['a late reset', limited(3000), 0],
    ['one limit after the other', limited(1), 3],
  ])('fails for %s', async (_, answer, waited) => {
    connected();
    server.answer({ [CALL]: answer });

    expect(await failure(read())).toMatchObject({ kind: 'rate-limited' });
    expect(pauses).toHaveLength(waited);
  });
});

describe('an error that may pass', () => {
  test.each([
    ['an error of Okta', { status: 503, body: 'Service Unavailable' }],
    ['a connection that ends', { broken: 'before' }],
    ['an answer that ends early', { broken: 'within', body: { id: 'a'.repeat(1000) } }],
  ] as const)('is tried again: %s', async (_, answer) => {
    connected();
    server.answer({ [CALL]: [answer, answer, { body: { id: 'a' } }] });

    expect(await read()).toEqual({ id: 'a' });
    expect(pauses).toEqual([500, 1000]);
  });

  test('is not tried for ever', async () => {
    connected();
    server.answer({ [CALL]: { status: 503, body: '' } });

    expect(await failure(read())).toMatchObject({
      kind: 'unreachable',
      message: 'Okta could not answer GET /api/v1/things (503). Try again later.',
    });
    expect(server.requests).toHaveLength(4);
  });

  test('is not tried again with a change, which Okta may have made', async () => {
    connected();
    server.answer({ 'POST /api/v1/things': { broken: 'before' } });

    const { kind, message } = await failure(okta.change({ method: 'POST', path: '/api/v1/things', needs: '' }));

    expect(kind).toBe('unreachable');
    expect(message).toContain('It is not known whether Okta did what was asked.');
    expect(server.requests).toHaveLength(1);
  });
});

describe('fails', () => {
  test.each([
    [
      'for credentials that Okta does not know',
      { status: 401, body: { errorCode: 'E0000011', errorSummary: 'Invalid token provided' } },
      'unauthorized',
      'Okta refuses the credentials (401 E0000011 Invalid token provided). Given: OKTA_API_TOKEN. They have expired, were revoked, or are of another organization than URL.',
    ],
    [
      'without an admin role',
      DENIED,
      'forbidden',
      'Okta does not allow GET /api/v1/things (403 E0000006 You do not have permission to perform the requested action). Given: OKTA_API_TOKEN. It needs the scope okta.things.read.',
    ],
    [
      'without the licence',
      {
        status: 401,
        body: {
          errorCode: 'E0000015',
          errorSummary: 'You do not have permission to access the feature you are requesting',
        },
      },
      'forbidden',
      'Okta does not allow GET /api/v1/things (401 E0000015 You do not have permission to access the feature you are requesting): the organization needs the licence for it.',
    ],
    [
      'for a thing that is missing',
      { status: 404, body: { errorCode: 'E0000007', errorSummary: 'Not found' } },
      'not-found',
      'Okta does not know what GET /api/v1/things asks for (404 E0000007 Not found).',
    ],
    [
      'for an error with causes, whose text cannot fake lines',
      {
        status: 400,
        body: { errorCode: 'E0000001', errorSummary: 'Api validation failed', errorCauses: [{ errorSummary: 'a\nb' }] },
      },
      'refused',
      'Okta refused GET /api/v1/things (400 E0000001 Api validation failed; a\\nb).',
    ],
    [
      'for a redirect, which is not followed',
      { status: 302, headers: { location: 'https://other.example/' } },
      'malformed',
      "The answer to GET /api/v1/things is not one of Okta's API at URL: it is a redirect (302) to https://other.example/, which is not followed with credentials. Check okta in the access file, and whether a proxy answers instead of Okta.",
    ],
    [
      'for a page of a proxy',
      { body: '<html>Sign in to the network</html>' },
      'malformed',
      "The answer to GET /api/v1/things is not one of Okta's API at URL: it is no JSON, or ends early. Check okta in the access file, and whether a proxy answers instead of Okta.",
    ],
    [
      'for JSON of something else',
      { body: { id: 1 } },
      'malformed',
      "The answer to GET /api/v1/things is not one of Okta's API at URL: id: Invalid input: expected string, received number. Check okta in the access file, and whether a proxy answers instead of Okta.",
    ],
  ] as const)('%s', async (_, answer, kind, message) => {
    connected();
    server.answer({ [CALL]: answer });

    const error = await failure(read());

    expect({ kind: error.kind, message: error.message.replace(server.address.url, 'URL') }).toEqual({ kind, message });
  });

  test('without a scope, which Okta names', async () => {
    connected({ kind: 'access-token', token: TOKEN });
    const headers = {
      'www-authenticate': 'Bearer realm="IdpPrincipal", error="insufficient_scope", scope="okta.things.read"',
    };
    server.answer({ [CALL]: { ...DENIED, headers } });

    expect((await failure(read())).message).toMatch(/The token lacks the scope okta\.things\.read\.$/);
  });

  test('with a message without the token, which an answer repeats', async () => {
    connected();
    server.answer({ [CALL]: { status: 400, body: { errorCode: 'E0', errorSummary: `Bad token ${TOKEN}` } } });

    expect((await failure(read())).message).toBe('Okta refused GET /api/v1/things (400 E0 Bad token (a token)).');
  });

  test('for a certificate that nobody vouches for, before credentials are sent', async () => {
    const { caPem } = await createCertificateAuthority();
    connected(undefined, { url: server.address.url, caPem });
    server.answer({ [CALL]: { body: { id: 'a' } } });

    expect(await failure(read())).toMatchObject({
      kind: 'certificate',
      message: expect.stringContaining('No credentials were sent.'),
    });
    expect(server.requests).toEqual([]);
  });

  test('for a certificate of another host', async () => {
    const { caPem } = server.address;
    // This machine as well, which the certificate does not name.
    connected(undefined, { url: `https://127.0.0.2:${server.port}`, caPem });
    const forward = createTcpServer((socket) => socket.pipe(connect(server.port, '127.0.0.1')).pipe(socket));
    await new Promise<void>((done) => forward.listen(server.port, '127.0.0.2', done));

    expect(await failure(read())).toMatchObject({ kind: 'certificate' });

    forward.close();
  });

  test('for a host that does not answer', async () => {
    connected(undefined, { url: 'https://localhost:9', caPem: server.address.caPem });

    expect(await failure(read())).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('Okta gave no answer to GET /api/v1/things at https://localhost:9:'),
    });
  });
});

describe('a proxy of the environment', () => {
  test('is used for the organization', async () => {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket: Socket) => {
      asked.push(request.url ?? '');
      const target = connect(server.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(target).pipe(socket);
      });
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    process.env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    connected();
    server.answer({ [CALL]: { body: { id: 'a' } } });

    expect(await read()).toEqual({ id: 'a' });
    await okta.close();
    proxy.close();

    expect(asked).toEqual([`localhost:${server.port}`]);
  });

  test('is not used for a host of NO_PROXY', async () => {
    process.env.HTTPS_PROXY = 'http://127.0.0.1:9';
    process.env.NO_PROXY = 'localhost';
    connected();
    server.answer({ [CALL]: { body: { id: 'a' } } });

    expect(await read()).toEqual({ id: 'a' });
  });

  test('fails if it is no URL, without its password in the message', () => {
    connected();
    process.env.HTTPS_PROXY = 'me:hunter2@proxy:port';

    expect(() =>
      connectOkta({
        organization: { orgName: 'a', baseUrl: 'okta.com' },
        credentials: { kind: 'api-token', token: TOKEN },
      }),
    ).toThrow('The proxy of the environment (HTTPS_PROXY, HTTP_PROXY) is not a URL such as http://proxy:3128.');
  });
});

describe('a service app', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const app = {
    kind: 'service-app',
    clientId: '0oaApp',
    privateKey,
    keyId: 'key-1',
    scopes: ['okta.users.read', 'okta.groups.read'],
  } as const;
  const TOKEN_CALL = 'POST /oauth2/v1/token';
  const issued = {
    body: { token_type: 'Bearer', access_token: 'at-hunter2', expires_in: 3600, scope: 'okta.users.read' },
  };

  test('gets one token for all calls, with an assertion that Okta can verify', async () => {
    connected(app);
    server.answer({ [TOKEN_CALL]: issued, [CALL]: { body: { id: 'a' } } });

    await read();
    await read();

    expect(server.requests.map(({ call, authorization }) => [call, authorization])).toEqual([
      [TOKEN_CALL, undefined],
      [CALL, 'Bearer at-hunter2'],
      [CALL, 'Bearer at-hunter2'],
    ]);
    const form = new URLSearchParams(server.requests[0]?.body);
    expect(form.get('grant_type')).toBe('client_credentials');
    expect(form.get('scope')).toBe('okta.users.read okta.groups.read');
    const keys = createLocalJWKSet({
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256' } as never],
    });
    const { payload } = await jwtVerify(form.get('client_assertion') ?? '', keys, {
      audience: `${server.address.url}/oauth2/v1/token`,
      issuer: '0oaApp',
      subject: '0oaApp',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    expect(await okta.scopes()).toEqual(['okta.users.read']);
  });

  test('gets a new token before the old one expires', async () => {
    connected(app);
    server.answer({ [TOKEN_CALL]: { body: { ...issued.body, expires_in: 59 } }, [CALL]: { body: { id: 'a' } } });

    await read();
    await read();

    expect(server.requests.filter(({ call }) => call === TOKEN_CALL)).toHaveLength(2);
  });

  test.each([
    ['invalid_scope', 'forbidden', 'Given: OKTA_API_SCOPES okta.users.read, okta.groups.read.'],
    ['invalid_client', 'unauthorized', 'Check OKTA_API_CLIENT_ID'],
    ['invalid_dpop_proof', 'unauthorized', 'proof of possession (DPoP)'],
  ])('fails for %s', async (error, kind, message) => {
    connected(app);
    server.answer({ [TOKEN_CALL]: { status: 400, body: { error, error_description: 'Why.' } } });

    expect(await failure(read())).toMatchObject({ kind, message: expect.stringContaining(message) });
  });
});

test('knows the scopes of an access token that names them', async () => {
  const claims = Buffer.from(JSON.stringify({ scp: ['okta.users.read'] })).toString('base64url');

  expect(await connected({ kind: 'access-token', token: `e30.${claims}.x` }).scopes()).toEqual(['okta.users.read']);
  expect(await connected({ kind: 'access-token', token: 'opaque' }).scopes()).toBeUndefined();
  expect(await connected().scopes()).toBeUndefined();
});
