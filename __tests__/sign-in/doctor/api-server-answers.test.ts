import type { IncomingMessage } from 'node:http';
import { NoAnswerError } from '../../../live/https-request';
import { apiServerAnswers } from '../../../sign-in/doctor/api-server-answers';
import { machineWith } from '../../../sign-in/doctor/machine';
import { httpsServer, type TestServer } from '../../sandbox/https-server';
import { NOW, signInContext } from './context-with';

/** What the server answers, by method and path: a status and a body. */
let answers: Readonly<Record<string, readonly [number, unknown]>>;
let requests: { readonly line: string; readonly authorization: string | undefined; readonly body: string }[];
let server: TestServer;

beforeAll(async () => {
  server = await httpsServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const line = `${request.method} ${request.url}`;
    requests.push({ line, authorization: request.headers.authorization, body });
    const [status, answer] = answers[line] ?? [404, 'not found'];
    response.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
});

afterAll(() => server.close());
beforeEach(() => {
  requests = [];
  answers = { 'GET /version': [200, { gitVersion: 'v1.34.4' }] };
});

const REVIEW = 'POST /apis/authentication.k8s.io/v1/selfsubjectreviews';
const RULES = 'POST /apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
const ACCESS = 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const me = [201, { status: { userInfo: { username: 'okta:ana', groups: ['okta:a'] } } }] as const;

function asked(claims: object = {}, changes: object = {}) {
  const token = async () => ({
    ...{ token: 'a.b.c', claims: { exp: NOW / 1000 + 60, ...claims }, from: 'the cache of kubelogin' as const },
  });
  const context = signInContext([], { server: server.url, authority: server.caPem, ...changes });
  return apiServerAnswers(
    () => context,
    machineWith({}, () => NOW),
    { token, signIn: async () => undefined },
  );
}

test('asks for the version without the token, and who the token is for with it', async () => {
  answers = { ...answers, [REVIEW]: me };
  const api = asked();

  expect(await api.kubernetes()).toEqual({ text: 'v1.34.4', minor: 34 });
  expect(await api.whoAmI()).toEqual({ username: 'okta:ana', groups: ['okta:a'] });
  expect(await api.whoAmI()).toEqual({ username: 'okta:ana', groups: ['okta:a'] });
  expect(requests.map(({ line, authorization }) => [line, authorization])).toEqual([
    ['GET /version', undefined],
    [REVIEW, 'Bearer a.b.c'],
  ]);
});

test('tells a refused token from a refused request', async () => {
  answers = { ...answers, [REVIEW]: [401, { kind: 'Status' }] };
  const api = asked();
  expect(await api.whoAmI()).toBe(401);
  await expect(api.rulesIn('shop')).rejects.toThrow('The API server refuses the token (see authenticated).');

  answers = { ...answers, [REVIEW]: [403, {}] };
  expect(await asked().whoAmI()).toBe(403);
});

test('reads the rules of a namespace, and why they are not complete', async () => {
  const resourceRules = [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }];
  const status = { resourceRules, nonResourceRules: null, incomplete: true, evaluationError: 'a webhook' };
  answers = { ...answers, [REVIEW]: me, [RULES]: [201, { status }] };

  expect(await asked().rulesIn('shop')).toEqual({
    rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: [] }],
    incomplete: 'a webhook',
  });
  expect(JSON.parse(requests.at(-1)?.body ?? '')).toMatchObject({
    kind: 'SelfSubjectRulesReview',
    spec: { namespace: 'shop' },
  });
});

test.each([
  [
    { verbs: ['get', 'list'], apiGroups: ['apps'], resources: ['deployments/scale'], resourceNames: ['one'] },
    {
      resourceAttributes: {
        namespace: 'shop',
        verb: 'get',
        group: 'apps',
        resource: 'deployments',
        subresource: 'scale',
        name: 'one',
      },
    },
  ],
  [{ verbs: ['get'], nonResourceURLs: ['/metrics'] }, { nonResourceAttributes: { verb: 'get', path: '/metrics' } }],
])('asks about one request of the rule %j', async (rule, spec) => {
  answers = { ...answers, [REVIEW]: me, [ACCESS]: [201, { status: { allowed: true } }] };

  expect(await asked().allows('shop', rule)).toBe(true);
  expect(JSON.parse(requests.at(-1)?.body ?? '').spec).toEqual(spec);
});

test('reads bindings where the person may', async () => {
  const item = { metadata: { name: 'oidc-view' }, roleRef: { kind: 'ClusterRole', name: 'view' } };
  answers = {
    ...{ ...answers, [REVIEW]: me },
    'GET /apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings': [200, { items: [item] }],
    'GET /apis/rbac.authorization.k8s.io/v1/clusterrolebindings': [403, {}],
  };
  const api = asked();

  expect(await api.bindingsIn('shop')).toEqual([{ ...item, subjects: [] }]);
  await expect(api.bindingsIn(null)).rejects.toThrow('The person may not read bindings.');
});

test.each<[string, readonly [number, unknown], string]>([
  [
    'JSON that ends early',
    [201, '{"status": {'],
    'The API server answers with status 201, and without a SelfSubjectReview.',
  ],
  ['a page', [200, '<html>'], 'The API server answers with status 200, and without a SelfSubjectReview.'],
  ['an error', [500, {}], 'The API server answers with status 500, and without a SelfSubjectReview.'],
])('could not check after %s', async (_, answer, message) => {
  answers = { ...answers, [REVIEW]: answer };

  await expect(asked().whoAmI()).rejects.toMatchObject({ name: 'CouldNotCheck', message });
});

test('does not send a token that has expired', async () => {
  await expect(asked({ exp: NOW / 1000 }).whoAmI()).rejects.toThrow(
    'The token in the cache has expired. Run it with --sign-in.',
  );
  expect(requests.map(({ line }) => line)).toEqual(['GET /version']);
});

test('sends no token to a server that it does not trust', async () => {
  const api = asked({}, { authority: undefined });

  expect(await api.version()).toBeInstanceOf(NoAnswerError);
  await expect(api.whoAmI()).rejects.toThrow(
    'The API server does not answer (see endpoint-reachable and endpoint-certificate).',
  );
  expect(requests).toEqual([]);
});

test.each([
  [{ server: undefined }, 'The kubeconfig names no server.'],
  [{ server: 'http://a.example' }, 'The server of the kubeconfig is no https URL.'],
  [{ authority: null }, 'The certificate authority of the kubeconfig could not be read.'],
])('could not ask with %j', async (changes, message) => {
  await expect(asked({}, changes).version()).rejects.toMatchObject({ name: 'CouldNotCheck', message });
});
