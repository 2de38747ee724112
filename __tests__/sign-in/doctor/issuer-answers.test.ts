import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issuerAnswers } from '../../../sign-in/doctor/issuer-answers';
import { machineWith } from '../../../sign-in/doctor/machine';
import { httpsServer, type TestServer } from '../../sandbox/https-server';
import { NOW, signInContext } from './context-with';

const folder = mkdtempSync(join(tmpdir(), 'issuer-'));
let server: TestServer;
let answers: Readonly<Record<string, readonly [number, unknown]>>;
let requests: string[];

beforeAll(async () => {
  server = await httpsServer((request, response) => {
    requests.push(request.url ?? '');
    const [status, body] = answers[(request.url ?? '').split('?')[0] ?? ''] ?? [404, ''];
    response.writeHead(status, { date: new Date(NOW - 5000).toUTCString() });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  writeFileSync(join(folder, 'ca.pem'), server.caPem);
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

beforeEach(() => {
  requests = [];
  answers = {};
});

const issuerUrl = () => `${server.url}/oauth2/aus1`;
const DISCOVERY = '/oauth2/aus1/.well-known/openid-configuration';
const document = () => ({
  issuer: issuerUrl(),
  jwks_uri: `${issuerUrl()}/v1/keys`,
  authorization_endpoint: `${issuerUrl()}/v1/authorize`,
});

const asked = (
  args: readonly string[] = [],
  environment: NodeJS.ProcessEnv = { SSL_CERT_FILE: join(folder, 'ca.pem') },
  issuer = issuerUrl(),
) =>
  issuerAnswers(
    () => ({ ...signInContext(args), issuer }),
    machineWith(environment, () => NOW),
  );

test('reads the discovery document, and the time of the issuer', async () => {
  answers = { [DISCOVERY]: [200, document()] };

  expect(await asked().discovery()).toEqual({
    ...{ url: server.url + DISCOVERY, issuer: issuerUrl(), keysUrl: `${issuerUrl()}/v1/keys` },
    ...{ authorizeUrl: `${issuerUrl()}/v1/authorize`, issuerTime: NOW - 5000, ownTime: NOW },
  });
});

test('asks with one slash, as kubelogin does', async () => {
  await asked([], undefined, `${issuerUrl()}/`).discovery();

  expect(requests).toEqual([DISCOVERY]);
});

test.each<[string, readonly [number, unknown] | undefined, string, RegExp]>([
  ['nothing', undefined, 'not found', /answers with status 404$/],
  ['an error', [503, ''], 'unreachable', /answers with status 503$/],
  ['a page', [200, '<html>'], 'malformed', /answers with something else than a JSON object$/],
  ['JSON that ends early', [200, '{"issuer": "h'], 'malformed', /something else than a JSON object$/],
])('says what is wrong where there is %s', async (_, answer, kind, because) => {
  answers = answer === undefined ? {} : { [DISCOVERY]: answer };

  expect(await asked().discovery()).toEqual({ kind, because: expect.stringMatching(because) });
  await expect(asked().foundDiscovery()).rejects.toThrow(
    'The issuer gives no discovery document (see issuer-reachable).',
  );
});

test.each(['http://a.example', 'no URL'])('does not ask %s', async (issuer) => {
  expect(await asked([], {}, issuer).discovery()).toEqual({ kind: 'malformed', because: 'the issuer is no https URL' });
});

// Only on Linux are the authorities that Go trusts files.
(process.platform === 'linux' ? describe : describe.skip)('the authorities', () => {
  const none = { SSL_CERT_FILE: '/dev/null', SSL_CERT_DIR: `${folder}/none` };

  test('are those of the environment, and those of the arguments of kubelogin', async () => {
    answers = { [DISCOVERY]: [200, document()] };
    const data = Buffer.from(server.caPem).toString('base64');

    for (const args of [
      [`--certificate-authority=${join(folder, 'ca.pem')}`],
      [`--certificate-authority-data=${data}`],
    ]) {
      expect(await asked(args, none).discovery()).toHaveProperty('issuer');
    }
  });

  test('do not include one that nobody names', async () => {
    expect(await asked([], none).discovery()).toMatchObject({ kind: 'certificate' });
    expect(requests).toEqual([]);
  });
});

test('reads the keys as an API server does', async () => {
  answers = { [DISCOVERY]: [200, document()], '/oauth2/aus1/v1/keys': [200, { keys: 'none' }] };

  await expect(asked().keys()).rejects.toThrow('oidc: failed to decode keys');
});

test('could not read keys that are not there', async () => {
  answers = { [DISCOVERY]: [200, document()] };

  await expect(asked().keys()).rejects.toMatchObject({
    name: 'CouldNotCheck',
    message: expect.stringContaining('see issuer-keys'),
  });
});

test.each([
  [[], { code_challenge_method: 'S256', scope: 'openid', redirect_uri: 'http://localhost:8000' }],
  [
    ['--oidc-pkce-method=no', '--oidc-extra-scope=email,groups'],
    { code_challenge_method: null, scope: 'openid email groups' },
  ],
  [['--oidc-redirect-url-hostname=127.0.0.1'], { redirect_uri: 'http://127.0.0.1:8000' }],
  [['--oidc-redirect-url=https://localhost/x'], { redirect_uri: 'https://localhost/x' }],
])('starts a sign-in without a person, as kubelogin would with %j', async (args, expected) => {
  answers = { [DISCOVERY]: [200, document()] };

  await asked(args).authorize(8000);

  const { searchParams } = new URL(requests.at(-1) ?? '', server.url);
  expect(searchParams.get('prompt')).toBe('none');
  expect(searchParams.get('client_id')).toBe('0oa1');
  for (const [name, value] of Object.entries(expected)) expect([name, searchParams.get(name)]).toEqual([name, value]);
});
