import { AwsError, type LiveAssociation, type LiveCluster } from '../../../../live/aws/cluster-reader';
import { type HttpsAnswer, NoAnswerError } from '../../../../live/https-request';
import { accessWith } from '../../../access-files';
import { CLIENT, ISSUER, type Known, lineOf, resultOf } from '../context-with';

const CLUSTER: LiveCluster = {
  ...{ status: 'ACTIVE', account: '111122223333', endpoint: 'https://a.example', certificateAuthority: 'YQ==' },
  ...{ endpointPublic: true, publicCidrs: ['0.0.0.0/0'], egressMode: 'AWS_MANAGED', accessMode: 'API', logs: ['api'] },
};
const ASSOCIATION: LiveAssociation = {
  ...{ name: 'Okta', status: 'ACTIVE', issuer_url: ISSUER, client_id: CLIENT, username_claim: 'email' },
  ...{ username_prefix: 'okta:', groups_claim: 'groups', groups_prefix: 'okta:' },
};

const cluster = (changes: Partial<LiveCluster> = {}) => ({ cluster: async () => ({ ...CLUSTER, ...changes }) });
const association = (changes: Partial<LiveAssociation> = {}) => ({
  association: async () => ({ ...ASSOCIATION, ...changes }),
});
const reached = { version: async (): Promise<HttpsAnswer> => ({ status: 200, headers: {}, body: Buffer.from('{}') }) };
const notReached = { version: async () => new NoAnswerError('timeout', 'a does not answer') };

const selfManaged = accessWith({ clusters: { prod: { kind: 'self-managed', kubeconfigContext: 'prod' } } });

test('the checks of AWS do not apply outside EKS', async () => {
  expect(await lineOf('cluster-active', { access: selfManaged, aws: cluster() })).toBe(
    'could not check: It does not apply.',
  );
});

test.each<[string, Known, string]>([
  ['cluster-active', { aws: cluster() }, 'ok: ACTIVE'],
  ['cluster-active', { aws: cluster({ status: 'FAILED' }) }, 'problem: The cluster is FAILED.'],
  [
    'cluster-active',
    { aws: cluster({ status: 'UPDATING' }) },
    'ok: it is being updated; until then, EKS refuses other changes of the cluster (409)',
  ],
  [
    'cluster-active',
    {
      access: accessWith({ clusters: { prod: { kind: 'eks', region: 'eu-west-1', account: { id: '999999999999' } } } }),
      aws: cluster(),
    },
    'problem: It is in the account 111122223333, and the access file has 999999999999.',
  ],
  ['endpoint-access', { aws: cluster(), apiServer: reached }, 'ok: public for 0.0.0.0/0, and reached'],
  [
    'endpoint-access',
    { aws: cluster({ endpointPublic: false }), apiServer: notReached },
    'problem: The endpoint is private, and this machine does not reach it.',
  ],
  [
    'endpoint-access',
    { aws: cluster({ publicCidrs: ['192.0.2.0/24'] }), apiServer: notReached },
    'problem: The endpoint is public for 192.0.2.0/24, and this machine does not reach it.',
  ],
  [
    'endpoint-access',
    { aws: cluster(), apiServer: notReached },
    'could not check: The endpoint is public for everybody, and this machine does not reach it (see endpoint-reachable).',
  ],
  ['association-active', { aws: association() }, 'ok: ACTIVE'],
  ['association-active', { aws: association({ name: 'Mine' }) }, 'ok: ACTIVE, under the name Mine'],
  ['association-active', { aws: association({ status: 'CREATING' }) }, 'problem: The association Okta is CREATING.'],
  [
    'association-active',
    { aws: { association: async () => undefined } },
    'problem: The cluster has no association with an OIDC provider.',
  ],
  [
    'association-issuer',
    { aws: { association: async () => undefined } },
    'could not check: The cluster has no association (see association-active).',
  ],
  ['association-issuer', { aws: association(), kubeconfig: {} }, `ok: ${ISSUER}`],
  [
    'association-issuer',
    { aws: association({ issuer_url: `${ISSUER}/` }), kubeconfig: {} },
    `problem: The association has the issuer ${ISSUER}/, and the kubeconfig has ${ISSUER}.`,
  ],
  [
    'association-client',
    { aws: association() },
    'could not check: The association has the client ID 0oa1, and nothing says what is right.',
  ],
  ['association-claims', { aws: association() }, 'ok: as in the access file'],
  [
    'association-claims',
    { aws: association({ username_claim: 'sub', username_prefix: undefined, required_claims: { a: 'b' } }) },
    `problem: The association has the user name claim 'sub', and the access file has 'email'. The association has the user name prefix '${ISSUER}#', and the access file has 'okta:'. The association has the required claims 'a=b', and the access file has ''.`,
  ],
  ['egress-mode', { aws: cluster() }, 'ok: AWS_MANAGED'],
  [
    'egress-mode',
    {
      aws: cluster({ egressMode: 'CUSTOMER_ROUTED' }),
      apiServer: { whoAmI: async () => ({ username: 'a', groups: [] }) },
    },
    'ok: CUSTOMER_ROUTED, and the API server accepts the token',
  ],
  [
    'egress-mode',
    { aws: cluster({ egressMode: 'CUSTOMER_ROUTED' }), apiServer: { whoAmI: async () => 401 } },
    'could not check: There is no token.',
  ],
])('%s says with %j', async (check, known, line) => {
  expect(await lineOf(check, known)).toBe(line);
});

test('an association without a prefix of the access file is compared as the API server reads it', async () => {
  const access = accessWith({ identityProvider: { prefix: '' } });

  expect(
    await lineOf('association-claims', {
      access,
      aws: association({ username_prefix: '-', groups_prefix: undefined }),
    }),
  ).toBe('ok: as in the access file');
});

test('cluster-active finds a cluster that EKS does not have, and could not check where AWS refuses', async () => {
  const failing = (kind: 'not found' | 'other') => ({
    cluster: async () => {
      throw new AwsError(kind, 'AWS says no.');
    },
  });

  expect(await lineOf('cluster-active', { aws: failing('not found') })).toBe('problem: AWS says no.');
  expect(await lineOf('cluster-active', { aws: failing('other') })).toBe('could not check: AWS says no.');
});

describe('refusal-reason', () => {
  const refused = { whoAmI: async () => 401 as const };

  test('gives the reasons of the log, and the query', async () => {
    const aws = { ...cluster(), refusals: async () => [{ reason: 'oidc: token is expired', times: 3 }] };

    expect(await lineOf('refusal-reason', { aws, apiServer: refused })).toMatch(
      /^problem: In the last hour, of everybody: 3 × oidc: token is expired\. Query in the console: https:\/\/eu-west-1\.console\./,
    );
  });

  test.each([
    [{ ...cluster(), refusals: async () => [] }, /^could not check: The log has no reason yet; .* https:/],
    [cluster({ logs: ['audit'] }), /^could not check: The cluster does not send its log api to CloudWatch/],
    [
      {
        cluster: async () => {
          throw new AwsError('other', 'There are no AWS credentials.');
        },
      },
      /^could not check: There are no AWS credentials\. Query in the console: https:/,
    ],
  ])('has at least the query', async (aws, line) => {
    expect(await lineOf('refusal-reason', { aws, apiServer: refused })).toMatch(line);
  });

  test('asks nobody where the token is accepted', async () => {
    const apiServer = { whoAmI: async () => ({ username: 'a', groups: [] }) };

    expect(await lineOf('refusal-reason', { apiServer })).toBe('ok: it accepts the token');
  });
});

test('access-entries compares deployers and break-glass with the entries', async () => {
  const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
  const breakGlass = { roleArn: role('on-call'), expires: '2027-01-31', reason: 'Okta is down.' };
  const access = accessWith({
    clusters: { prod: { kind: 'eks', region: 'eu-west-1', deployers: [role('deployer')], breakGlass } },
  });
  const aws = (entries: readonly string[], changes: Partial<LiveCluster> = {}) => ({
    ...cluster(changes),
    accessEntries: async () => entries,
  });

  expect(await lineOf('access-entries', { access, aws: aws([role('deployer'), role('on-call')]) })).toMatch(/^ok: /);
  expect(await lineOf('access-entries', { access, aws: aws([role('deployer')]) })).toBe(
    `problem: These have no access entry: ${role('on-call')}.`,
  );
  expect((await resultOf('access-entries', { access, aws: aws([], { accessMode: 'CONFIG_MAP' }) })).evidence).toBe(
    'The cluster has the access mode CONFIG_MAP, which knows no access entries.',
  );
});
