import { clusterReader, refusalsUrl } from '../../../live/aws/cluster-reader';
import type { EksCluster } from '../../../model/derived/clusters';
import { accessWith, clusterOf } from '../../access-files';
import { type AwsStandIn, awsStandIn } from './aws-stand-in';

const environment = { ...process.env };
let aws: AwsStandIn;
const cluster = clusterOf(accessWith(), 'prod') as EksCluster;
const reader = () => clusterReader(cluster);

beforeAll(async () => {
  aws = await awsStandIn();
  process.env = { ...environment, ...aws.environment };
});

afterAll(() => {
  process.env = environment;
  return aws.close();
});

beforeEach(() => {
  Object.assign(aws.state, { cluster: undefined, association: undefined, accessEntries: [], refusals: [], errors: {} });
});

test('reads a cluster', async () => {
  aws.state.cluster = {
    ...{ status: 'ACTIVE', arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod', endpoint: 'https://a.example' },
    certificateAuthority: { data: 'YQ==' },
    resourcesVpcConfig: {
      ...{ endpointPublicAccess: true, publicAccessCidrs: ['192.0.2.0/24'], controlPlaneEgressMode: 'CUSTOMER_ROUTED' },
    },
    accessConfig: { authenticationMode: 'API' },
    logging: {
      clusterLogging: [
        { enabled: true, types: ['api'] },
        { enabled: false, types: ['audit'] },
      ],
    },
  };

  expect(await reader().cluster()).toEqual({
    ...{ status: 'ACTIVE', account: '111122223333', endpoint: 'https://a.example', certificateAuthority: 'YQ==' },
    ...{ endpointPublic: true, publicCidrs: ['192.0.2.0/24'], egressMode: 'CUSTOMER_ROUTED', accessMode: 'API' },
    logs: ['api'],
  });
});

test('reads a cluster of which EKS says less', async () => {
  aws.state.cluster = { status: 'CREATING' };

  expect(await reader().cluster()).toMatchObject({
    ...{ status: 'CREATING', account: '', endpointPublic: true, egressMode: 'AWS_MANAGED', logs: [] },
  });
});

test('reads the association, whatever its name is', async () => {
  const requiredClaims = { tenant: 'shop' };
  aws.state.association = {
    ...{ identityProviderConfigName: 'Mine', status: 'ACTIVE', issuerUrl: 'https://a/oauth2/b', clientId: '0oa1' },
    ...{
      usernameClaim: 'email',
      usernamePrefix: 'okta:',
      groupsClaim: 'groups',
      groupsPrefix: 'okta:',
      requiredClaims,
    },
  };

  expect(await reader().association()).toEqual({
    ...{ name: 'Mine', status: 'ACTIVE', issuer_url: 'https://a/oauth2/b', client_id: '0oa1' },
    ...{ username_claim: 'email', username_prefix: 'okta:', groups_claim: 'groups', groups_prefix: 'okta:' },
    required_claims: requiredClaims,
  });
});

test('says that there is no association', async () => {
  expect(await reader().association()).toBeUndefined();
});

test('lists access entries', async () => {
  aws.state.accessEntries = ['arn:aws:iam::111122223333:role/one'];

  expect(await reader().accessEntries()).toEqual(['arn:aws:iam::111122223333:role/one']);
});

test('waits for the reasons of refusals in the log', async () => {
  aws.state.running = 1;
  aws.state.refusals = [{ reason: 'oidc: verify token: oidc: token is expired', times: '3' }];

  expect(await reader().refusals()).toEqual([{ reason: 'oidc: verify token: oidc: token is expired', times: 3 }]);
});

test.each([
  [
    'ResourceNotFoundException',
    404,
    'No cluster found for name: prod.',
    { kind: 'not found', message: 'EKS does not have it in this account and region: No cluster found for name: prod.' },
  ],
  [
    'AccessDeniedException',
    403,
    'User x is not authorized to perform: eks:DescribeCluster',
    { kind: 'refused', message: 'AWS refused the call: User x is not authorized to perform: eks:DescribeCluster' },
  ],
  [
    'ExpiredTokenException',
    403,
    'expired',
    {
      kind: 'other',
      message: 'AWS does not accept the credentials, which are wrong or expired. Sign in to AWS again.',
    },
  ],
])('fails on %s with the reason', async (type, status, message, error) => {
  aws.state.errors = { DescribeCluster: { status, type, message } };

  await expect(reader().cluster()).rejects.toMatchObject(error);
});

test('fails on a log that nobody may read', async () => {
  aws.state.errors = { StartQuery: { status: 400, type: 'AccessDeniedException', message: 'no logs:StartQuery' } };

  await expect(reader().refusals()).rejects.toThrow('AWS refused the call: no logs:StartQuery');
});

test.each([
  ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:'],
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#logsV2:'],
])('has the address of the query in the console of %s', (region, start) => {
  const url = refusalsUrl(clusterOf(accessWith({ clusters: { prod: { kind: 'eks', region } } }), 'prod') as EksCluster);

  expect(url.startsWith(start)).toBe(true);
  // What the console decodes: an asterisk and two hexadecimal digits are a character.
  const decoded = url.replaceAll(/\*([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  expect(decoded).toContain(
    'filter @logStream not like /audit/ and @message like "Unable to authenticate the request"\n',
  );
  expect(decoded).toContain("~source~(~'/aws/eks/prod/cluster)");
});
