import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awsFacts } from '../../../live/facts/aws-facts';
import { eksClusters } from '../../../model/derived/clusters';
import { accessWith } from '../../access-files';
import { CA_BASE64 } from '../../sign-in/certificate';

const ISSUER = 'https://example.okta.com/oauth2/aus1';
const ENDPOINT = 'https://A.gr7.eu-west-1.eks.amazonaws.com';

/** What the server that stands for EKS answers, by method and path. */
let answers: Readonly<Record<string, readonly [status: number, body: object]>>;
let requests: string[];
let server: Server;
const environment = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    const key = `${request.method} ${request.url}`;
    requests.push(key);
    const [status, body] = answers[key] ?? [404, { message: 'No cluster found' }];
    const error = status === 200 ? {} : { 'x-amzn-errortype': (body as { type?: string }).type };
    response.writeHead(status, { 'content-type': 'application/json', ...error });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  process.env.AWS_ENDPOINT_URL_EKS = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AWS_MAX_ATTEMPTS = '1';
});

afterAll(() => {
  process.env = environment;
  server.close();
});

beforeEach(() => {
  requests = [];
  answers = {};
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'hunter2';
});

function described(changes: object = {}): readonly [number, object] {
  const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/prod';
  const cluster = {
    name: 'prod',
    arn,
    status: 'ACTIVE',
    endpoint: ENDPOINT,
    certificateAuthority: { data: CA_BASE64 },
  };
  return [200, { cluster: { ...cluster, ...changes } }];
}

const CLUSTER = 'GET /clusters/prod';
const ASSOCIATION = 'POST /clusters/prod/identity-provider-configs/describe';
const associated = [200, { identityProviderConfig: { oidc: { issuerUrl: ISSUER, clientId: '0oa1' } } }] as const;

test('asks for the cluster and its association', async () => {
  answers = { [CLUSTER]: described(), [ASSOCIATION]: associated };

  const { facts, unanswered } = await awsFacts(eksClusters(accessWith()));

  const fact = (value: string) => ({ value, source: 'AWS' });
  expect(facts).toEqual({
    issuerUrl: fact(ISSUER),
    clientIds: new Map([['prod', fact('0oa1')]]),
    endpoints: new Map([['prod', fact(ENDPOINT)]]),
    certificateAuthorities: new Map([['prod', fact(CA_BASE64)]]),
  });
  expect(unanswered).toEqual(new Map());
});

test('keeps the cluster where its association cannot be read', async () => {
  answers = {
    [CLUSTER]: described(),
    [ASSOCIATION]: [403, { type: 'AccessDeniedException', message: 'not authorized' }],
  };

  const { facts, unanswered } = await awsFacts(eksClusters(accessWith()));

  expect([...facts.endpoints.keys()]).toEqual(['prod']);
  expect(facts.issuerUrl).toBeUndefined();
  expect([...unanswered]).toEqual([
    ['prod', "The association 'Okta' could not be read. AWS refused the call: not authorized"],
  ]);
});

test.each([
  [
    'no such cluster',
    [404, { type: 'ResourceNotFoundException', message: 'No cluster found for name: prod.' }],
    'EKS does not have it in this account and region: No cluster found for name: prod.',
  ],
  [
    'no right',
    [403, { type: 'AccessDeniedException', message: 'User x is not authorized to perform: eks:DescribeCluster' }],
    'AWS refused the call: User x is not authorized to perform: eks:DescribeCluster',
  ],
  [
    'credentials that have expired',
    [403, { type: 'ExpiredTokenException', message: 'expired' }],
    'AWS does not accept the credentials, which are wrong or expired. Sign in to AWS again.',
  ],
  [
    'a cluster that is being created',
    described({ endpoint: undefined, status: 'CREATING' }),
    'EKS has no endpoint yet: the cluster is CREATING.',
  ],
  [
    'an answer that is none',
    described({ certificateAuthority: { data: 'c2VjcmV0' } }),
    'AWS, cluster prod: This is not certificates in PEM, encoded in base64, as DescribeCluster gives them.',
  ],
] as const)('says why there is no answer: %s', async (_, answer, message) => {
  answers = { [CLUSTER]: answer };

  const { facts, unanswered } = await awsFacts(eksClusters(accessWith()));

  expect([...unanswered]).toEqual([['prod', message]]);
  expect(facts.endpoints.size).toBe(0);
});

test('refuses a cluster of another account', async () => {
  answers = { [CLUSTER]: described(), [ASSOCIATION]: associated };
  const access = accessWith({
    clusters: { prod: { kind: 'eks', region: 'eu-west-1', account: { id: '999999999999' } } },
  });

  const { facts, unanswered } = await awsFacts(eksClusters(access));

  expect([...unanswered.values()]).toEqual([
    'AWS has a cluster prod in the account 111122223333, and the access file means the account 999999999999.',
  ]);
  expect(facts.endpoints.size).toBe(0);
});

test('does not choose between issuers, or between client IDs of one app, that clusters trust', async () => {
  const oidc = { issuerUrl: 'https://example.okta.com/oauth2/aus2', clientId: '0oa2' };
  answers = {
    [CLUSTER]: described(),
    [ASSOCIATION]: associated,
    'GET /clusters/old': described({ name: 'old' }),
    'POST /clusters/old/identity-provider-configs/describe': [200, { identityProviderConfig: { oidc } }],
  };
  const cluster = { kind: 'existing-eks', region: 'eu-west-1', app: 'EKS' };
  const access = accessWith({ clusters: { prod: cluster, old: cluster } });

  const { facts, unanswered } = await awsFacts(eksClusters(access));

  expect(facts.issuerUrl).toBeUndefined();
  expect([...facts.clientIds]).toEqual([]);
  expect([...facts.endpoints.keys()]).toEqual(['prod', 'old']);
  expect(unanswered.get('old')).toBe(
    `The clusters trust different issuers: ${ISSUER} (prod), ${oidc.issuerUrl} (old). Deploy their stacks, or say which one is right. The clusters of the app EKS trust different client IDs: 0oa1 (prod), 0oa2 (old). Deploy their stacks, or say which one is right.`,
  );
});

test('says that AWS cannot be reached', async () => {
  process.env.AWS_ENDPOINT_URL_EKS = 'http://127.0.0.1:9';

  const { unanswered } = await awsFacts(eksClusters(accessWith()));

  expect([...unanswered.values()]).toEqual([
    expect.stringMatching(/^AWS did not answer: .*connect ECONNREFUSED 127\.0\.0\.1:9$/),
  ]);
});
