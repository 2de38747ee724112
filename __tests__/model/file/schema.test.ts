import { accessSchema } from '../../../model/file/schema';
import { SMALLEST } from '../../access-files';
import { fileWith } from '../file-with';
import { problemsOf } from './problems-in-both-schemas';

type Place = readonly (string | number)[];

const GROUP = ['groups', 'eks-admins'];
const CLUSTER = ['clusters', 'prod'];
const GRANT = ['grants', 0];
const ARN = 'arn:aws:iam::111122223333:role/deployer';

const AN_ATTRIBUTE = 'the name of a profile attribute, such as department';
const AN_ARN = `the ARN of an IAM role, such as ${ARN}`;
const A_CLUSTER = 'an object whose kind is eks, existing-eks, or self-managed';
const A_GROUP = 'an object, {} for a group without settings';
const A_HOST = 'a host name without https:// or a path, such as okta.com';
const A_LABEL = 'the first label of the Okta host, such as dev-123456';
const A_PORT = 'a whole number from 1 to 65535';
const A_PREFIX = "a prefix such as okta:, '' for no prefix, or { username, groups }";
const A_REGION = 'an AWS region, such as us-west-1';
const A_VERSION = "a Kubernetes version, such as '1.35'";
const A_VERSION_IN_QUOTES = "a Kubernetes version in quotes, such as '1.35' (without quotes, 1.30 is the number 1.3)";
const DIGITS_IN_QUOTES = "twelve digits in quotes, such as '111122223333'";
const NOT_EMPTY = 'a non-empty string';

const BROKEN: readonly (readonly [Place, unknown, allowed: string, given: string, at?: string])[] = [
  [['okta'], 'x', 'an object with orgName', "'x'"],
  [['okta'], null, 'an object with orgName', 'null'],
  [['okta', 'orgName'], '', A_LABEL, "''"],
  [['okta', 'orgName'], 5, A_LABEL, '5'],
  [['okta', 'orgName'], 'dev.okta', A_LABEL, "'dev.okta'"],
  [['okta', 'orgName'], '-dev', A_LABEL, "'-dev'"],
  [['okta', 'orgName'], 'dev-', A_LABEL, "'dev-'"],
  [['okta', 'orgName'], 'dev\n', A_LABEL, "'dev\\n'"],
  [['okta', 'baseUrl'], 'https://okta.com', A_HOST, "'https://okta.com'"],
  [['okta', 'baseUrl'], 'okta.com/', A_HOST, "'okta.com/'"],
  [['okta', 'baseUrl'], 'okta', A_HOST, "'okta'"],
  [['okta', 'baseUrl'], 5, A_HOST, '5'],
  [['authorizationServer'], 'EKS', 'an object', "'EKS'"],
  [['authorizationServer', 'name'], '', NOT_EMPTY, "''"],
  [['authorizationServer', 'name'], 5, 'a string', '5'],
  [['authorizationServer', 'description'], '', NOT_EMPTY, "''"],
  [['authorizationServer', 'audience'], '', NOT_EMPTY, "''"],
  [['authorizationServer', 'audience'], ['a'], 'a string', 'a list of 1'],
  [['authorizationServer', 'issuerMode'], 'org_url', 'ORG_URL or CUSTOM_URL', "'org_url'"],
  [['groupsClaim'], [], 'an object', 'an empty list'],
  [['groupsClaim', 'name'], '', NOT_EMPTY, "''"],
  [['groupsClaim', 'startsWith'], '', NOT_EMPTY, "''"],
  [['groupsClaim', 'startsWith'], null, 'a string', 'null'],
  [['identityProvider'], 1, 'an object', '1'],
  [['identityProvider', 'name'], '', NOT_EMPTY, "''"],
  [['identityProvider', 'usernameClaim'], '', NOT_EMPTY, "''"],
  [['identityProvider', 'prefix'], 5, A_PREFIX, '5'],
  [['identityProvider', 'prefix'], null, A_PREFIX, 'null'],
  [['identityProvider', 'prefix'], { username: 'a' }, A_PREFIX, 'an object with username'],
  [['identityProvider', 'prefix'], { username: 5, groups: 'a' }, A_PREFIX, 'an object with username, groups'],
  [['identityProvider', 'requiredClaims'], [], 'an object that maps names to values', 'an empty list'],
  [['identityProvider', 'requiredClaims', 'hd'], '', NOT_EMPTY, "''"],
  [['identityProvider', 'requiredClaims', 'hd'], 5, 'a string', '5'],
  [
    ['identityProvider', 'requiredClaims', 'hd'],
    'x'.repeat(254),
    'a string of at most 253 characters',
    `'${'x'.repeat(77)}...'`,
  ],
  [['identityProvider', 'replaceable'], 'true', 'true or false', "'true'"],
  [['authorizationServer', 'replaceable'], 'true', 'true or false', "'true'"],
  [['clusters', 'prod', 'identityProvider'], 'x', 'an object', "'x'"],
  [['clusters', 'prod', 'identityProvider', 'usernameClaim'], '', NOT_EMPTY, "''"],
  [['clusters', 'prod', 'identityProvider', 'prefix'], 5, A_PREFIX, '5'],
  [['clusters', 'prod', 'identityProvider', 'requiredClaims', 'hd'], 5, 'a string', '5'],
  [['clusters', 'prod', 'replaceable'], 'true', 'true or false', "'true'"],
  [['clusters', 'prod', 'absent'], 'true', 'true or false', "'true'"],
  [[...GROUP, 'was'], '', NOT_EMPTY, "''", 'groups.eks-admins.was'],
  [['signIn'], 'granted', 'an object', "'granted'"],
  [['signIn', 'assignment'], 'Everyone', 'granted or everyone', "'Everyone'"],
  [['signIn', 'redirectPorts'], 8000, 'a list', '8000'],
  [['signIn', 'redirectPorts'], [], 'at least one port', 'an empty list'],
  [['signIn', 'redirectPorts'], [8000, 18000, 8000], 'each port once', 'a list of 3'],
  [['signIn', 'redirectPorts'], [8000, 0], 'a port of at least 1', '0', 'signIn.redirectPorts[1]'],
  [['signIn', 'redirectPorts'], [65_536], 'a port of at most 65535', '65536', 'signIn.redirectPorts[0]'],
  [['signIn', 'redirectPorts'], [80.5], A_PORT, '80.5', 'signIn.redirectPorts[0]'],
  [['signIn', 'redirectPorts'], ['8000'], A_PORT, "'8000'", 'signIn.redirectPorts[0]'],
  [['groups'], [], 'an object that maps names to values', 'an empty list'],
  [['groups'], 'eks-admins', 'an object that maps names to values', "'eks-admins'"],
  [GROUP, null, A_GROUP, 'null', 'groups.eks-admins'],
  [GROUP, 'ana@example.com', A_GROUP, "'ana@example.com'", 'groups.eks-admins'],
  [[...GROUP, 'description'], '', NOT_EMPTY, "''"],
  [[...GROUP, 'description'], 5, 'a string', '5'],
  [[...GROUP, 'existing'], 1, 'true or false', '1'],
  [
    GROUP,
    { existing: true, description: 'x' },
    'no description: a group with existing: true is looked up and never changed',
    "'x'",
    'groups.eks-admins.description',
  ],
  [
    GROUP,
    { existing: true, was: 'eks-root' },
    'no was: a group with existing: true is looked up and never renamed',
    "'eks-root'",
    'groups.eks-admins.was',
  ],
  [
    GROUP,
    { handOver: true },
    'handOver beside existing: true, from the step in which Terraform stops making the group',
    'true',
    'groups.eks-admins.handOver',
  ],
  [
    ['namespaces', 'team-a'],
    { create: true, handOver: true },
    'handOver without create: true, from the step in which Terraform stops creating the namespace',
    'true',
    'namespaces.team-a.handOver',
  ],
  [['roles'], [], 'an object that maps names to values', 'an empty list'],
  [['clusters'], [], 'an object that maps names to values', 'an empty list'],
  [CLUSTER, null, A_CLUSTER, 'null', 'clusters.prod'],
  [CLUSTER, 'eks', A_CLUSTER, "'eks'", 'clusters.prod'],
  [[...CLUSTER, 'region'], 'us-west', A_REGION, "'us-west'"],
  [[...CLUSTER, 'region'], 'US-WEST-1', A_REGION, "'US-WEST-1'"],
  [[...CLUSTER, 'region'], 'us-west-1a', A_REGION, "'us-west-1a'"],
  [[...CLUSTER, 'region'], ' us-west-1', A_REGION, "' us-west-1'"],
  [[...CLUSTER, 'region'], 'west-1', 'an AWS region, such as us-west-1', "'west-1'"],
  [[...CLUSTER, 'region'], 5, A_REGION, '5'],
  [[...CLUSTER, 'version'], 1.35, A_VERSION_IN_QUOTES, '1.35'],
  [[...CLUSTER, 'version'], 1.3, A_VERSION_IN_QUOTES, '1.3'],
  [[...CLUSTER, 'version'], '1', A_VERSION, "'1'"],
  [[...CLUSTER, 'version'], '2.35', A_VERSION, "'2.35'"],
  [[...CLUSTER, 'version'], 'v1.35', A_VERSION, "'v1.35'"],
  [[...CLUSTER, 'version'], '1.35.1', A_VERSION, "'1.35.1'"],
  [[...CLUSTER, 'version'], '1.1234', A_VERSION, "'1.1234'"],
  [['selfServiceAttributes'], 'team', 'a list', "'team'"],
  [['selfServiceAttributes'], ['user.team'], AN_ATTRIBUTE, "'user.team'", 'selfServiceAttributes[0]'],
  [[...CLUSTER, 'app'], '', NOT_EMPTY, "''"],
  [[...CLUSTER, 'name'], '', NOT_EMPTY, "''"],
  [[...CLUSTER, 'roleName'], '', NOT_EMPTY, "''"],
  [[...CLUSTER, 'account'], '111122223333', 'an object with id', "'111122223333'"],
  [[...CLUSTER, 'account', 'id'], 111122223333, DIGITS_IN_QUOTES, '111122223333'],
  [[...CLUSTER, 'account', 'id'], '11112222333', 'twelve digits', "'11112222333'"],
  [[...CLUSTER, 'account', 'id'], '1111222233334', 'twelve digits', "'1111222233334'"],
  [
    [...CLUSTER, 'account'],
    { id: '111122223333', roleArn: 'deployer' },
    AN_ARN,
    "'deployer'",
    'clusters.prod.account.roleArn',
  ],
  [[...CLUSTER, 'deployers'], ARN, 'a list', `'${ARN}'`],
  [[...CLUSTER, 'deployers'], [ARN, ARN], 'each role once', 'a list of 2'],
  [[...CLUSTER, 'deployers'], [`${ARN} `], AN_ARN, `'${ARN} '`, 'clusters.prod.deployers[0]'],
  [[...CLUSTER, 'deployers'], [`x${ARN}`], AN_ARN, `'x${ARN}'`, 'clusters.prod.deployers[0]'],
  [
    [...CLUSTER, 'deployers'],
    ['arn:aws:iam::111122223333:user/ana'],
    AN_ARN,
    "'arn:aws:iam::111122223333:user/ana'",
    'clusters.prod.deployers[0]',
  ],
  [
    [...CLUSTER, 'deployers'],
    ['arn:aws:iam::11112222333:role/x'],
    AN_ARN,
    "'arn:aws:iam::11112222333:role/x'",
    'clusters.prod.deployers[0]',
  ],
  [[...CLUSTER, 'logs'], 'audit', 'a list', "'audit'"],
  [[...CLUSTER, 'logs'], ['api', 'api'], 'each log once', 'a list of 2'],
  [
    [...CLUSTER, 'logs'],
    ['api', 'Audit'],
    'api, audit, authenticator, controllerManager, scheduler',
    "'Audit'",
    'clusters.prod.logs[1]',
  ],
  [[...CLUSTER, 'tags'], ['a'], 'an object that maps names to values', 'a list of 1'],
  [[...CLUSTER, 'tags', 'team'], 5, 'a string', '5'],
  [['namespaces'], [], 'an object that maps names to values', 'an empty list'],
  [['grants'], {}, 'a list', 'an empty object'],
  [GRANT, null, 'an object with group, role, and clusters', 'null', 'grants[0]'],
  [GRANT, 'eks-admins', 'an object with group, role, and clusters', "'eks-admins'", 'grants[0]'],
  [[...GRANT, 'group'], '', NOT_EMPTY, "''", 'grants[0].group'],
  [[...GRANT, 'group'], null, 'a string', 'null', 'grants[0].group'],
  [[...GRANT, 'role'], '', NOT_EMPTY, "''", 'grants[0].role'],
  [[...GRANT, 'role'], ['view'], 'a string', 'a list of 1', 'grants[0].role'],
  [[...GRANT, 'clusters'], 'prod', "'*', or a list of clusters of the file", "'prod'", 'grants[0].clusters'],
  [[...GRANT, 'clusters'], 5, "'*', or a list of clusters of the file", '5', 'grants[0].clusters'],
  [[...GRANT, 'clusters'], [''], NOT_EMPTY, "''", 'grants[0].clusters[0]'],
  [['tags'], 'a', 'an object that maps names to values', "'a'"],
  [['tags', 'team'], null, 'a string', 'null'],
];

describe('the shape of the file', () => {
  test.each(
    BROKEN.map(([place, value, allowed, given, at]) => [at ?? place.join('.'), value, allowed, given, place] as const),
  )('fails at %s with %j: allowed is %s', (path, value, allowed, given, place) => {
    const problems = problemsOf(fileWith(place, value));

    expect(problems).toEqual([
      {
        path,
        check: 'shape',
        message: 'The value is not valid here.',
        given,
        allowed,
        fix: `Use ${allowed}.`,
      },
    ]);
  });

  test.each<readonly [Place, string, string]>([
    [['okta'], 'okta', 'an object with orgName'],
    [['okta', 'orgName'], 'orgName', A_LABEL],
    [['groups'], 'groups', 'an object that maps names to values'],
    [['clusters'], 'clusters', 'an object that maps names to values'],
    [[...CLUSTER, 'region'], 'region', A_REGION],
    [['grants'], 'grants', 'a list'],
    [[...GRANT, 'group'], 'group', 'a string'],
    [[...GRANT, 'role'], 'role', 'a string'],
    [[...GRANT, 'clusters'], 'clusters', "'*', or a list of clusters of the file"],
  ])('fails without %j', (place, key, allowed) => {
    const problems = problemsOf(fileWith(place, undefined));

    expect(problems).toEqual([
      {
        path: place.join('.').replace('grants.0', 'grants[0]'),
        check: 'shape',
        message: 'A required value is missing.',
        given: 'nothing',
        allowed,
        fix: `Add ${key}: ${allowed}.`,
      },
    ]);
  });

  test.each([[undefined], ['EKS'], [5], [null]])('fails with the kind of cluster %j, and names the kinds', (kind) => {
    const problems = problemsOf(fileWith([...CLUSTER, 'kind'], kind));

    expect(problems.map(({ path, allowed }) => [path, allowed])).toEqual([
      ['clusters.prod.kind', 'eks, existing-eks, or self-managed'],
    ]);
  });

  test.each<readonly [Place, unknown]>([
    [['okta', 'orgName'], 'a'],
    [['okta', 'orgName'], 'Dev-123456'],
    [['okta', 'baseUrl'], 'oktapreview.com'],
    [['okta', 'baseUrl'], 'a-1.b.example'],
    [['authorizationServer', 'audience'], 'api://default'],
    [['identityProvider', 'prefix'], ''],
    [['identityProvider', 'prefix'], { username: 'a', groups: 'b' }],
    [['identityProvider', 'requiredClaims'], {}],
    [['identityProvider', 'requiredClaims', 'sub'], 'x'.repeat(253)],
    [['identityProvider', 'replaceable'], true],
    [['authorizationServer', 'replaceable'], true],
    [['clusters', 'prod', 'replaceable'], true],
    [
      ['signIn', 'redirectPorts'],
      [1, 65_535],
    ],
    [[...CLUSTER, 'region'], 'us-gov-west-1'],
    [[...CLUSTER, 'region'], 'ap-southeast-12'],
    [[...CLUSTER, 'version'], '1.30'],
    [[...CLUSTER, 'version'], '1.37'],
    [[...CLUSTER, 'account', 'id'], '012345678901'],
    [[...CLUSTER, 'deployers'], []],
    [
      [...CLUSTER, 'deployers'],
      ['arn:aws:iam::111122223333:role/a/b+=,.@_-c', ARN],
    ],
    [[...CLUSTER, 'logs'], []],
    [
      [...CLUSTER, 'logs'],
      ['scheduler', 'controllerManager', 'api', 'authenticator', 'audit'],
    ],
    [[...CLUSTER, 'tags', 'team'], ''],
    [['tags', 'team'], ''],
    [GROUP, {}],
    [GROUP, { existing: true }],
    [GROUP, { existing: true, handOver: true }],
    [GROUP, { was: 'eks-root' }],
    [[...CLUSTER, 'kind'], 'existing-eks'],
    [CLUSTER, { kind: 'existing-eks', region: 'eu-west-1', handOver: true }],
    [['namespaces', 'team-a'], { handOver: true }],
    [GROUP, { existing: false, description: 'x' }],
  ])('accepts at %j the value %j', (place, value) => {
    expect(problemsOf(fileWith(place, value))).toEqual([]);
  });

  test('treats undefined options as omitted, in the whole file', () => {
    const problems = problemsOf({
      ...SMALLEST,
      authorizationServer: undefined,
      groupsClaim: undefined,
      identityProvider: { prefix: undefined, requiredClaims: undefined },
      signIn: { redirectPorts: undefined },
      roles: undefined,
      tags: undefined,
      backend: undefined,
    });

    expect(problems).toEqual([]);
  });
});

describe('the shape of the rest', () => {
  const A_DAY = 'a calendar date in the form YYYY-MM-DD';
  const BREAK_GLASS = { roleArn: ARN, expires: '2030-01-01', reason: 'x' };
  const S3 = { bucket: 'b', region: 'us-west-1' };
  const KEY = '12345678-90ab-cdef-1234-567890abcdef';
  const SUBNETS = ['subnet-1', 'subnet-2'];
  const A_DURATION = "minutes, hours, or days, such as '90m', '12h', or '7d'";
  const A_NAMESPACE = 'a DNS label: at most 63 characters from a-z, 0-9, and -';
  const A_NETWORK =
    'default-vpc, or { subnetIds, securityGroupIds } with at least two different subnets (subnet-…), and security groups (sg-…)';
  const A_POLICY = '{ id }, or an object with requireMfa: true, networkZones: [names of network zones], or both';
  const A_CONDITION = 'requireMfa: true, at least one network zone, or both';
  const A_QUANTITY = "a quantity, such as '8Gi', '500m', or 10";
  const A_RETENTION =
    'a number of days that CloudWatch supports: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653';
  const BLOCKS = (count: number) => Array.from({ length: count }, (_, index) => `10.0.${index}.0/24`);

  test.each<readonly [Place, unknown, string]>([
    [['signIn', 'refresh', 'leeway'], -1, 'at least 0 seconds'],
    [['signIn', 'refresh', 'leeway'], 61, 'at most 60 seconds'],
    [['signIn', 'refresh', 'leeway'], 1.5, 'a whole number of seconds from 0 to 60'],
    [['signIn', 'refresh', 'rotation'], 'yes', 'true or false'],
    [['signIn', 'accessTokenMinutes'], 4, 'at least 5 minutes'],
    [['signIn', 'accessTokenMinutes'], 1441, 'at most 1440 minutes'],
    [['signIn', 'accessTokenMinutes'], '60', 'a whole number of minutes from 5 to 1440'],
    [['signIn', 'refresh', 'lifetime'], 12, A_DURATION],
    [['signIn', 'refresh', 'lifetime'], '12', A_DURATION],
    [['signIn', 'refresh', 'lifetime'], '0h', A_DURATION],
    [['signIn', 'refresh', 'idle'], '1w', A_DURATION],
    [['signIn', 'authenticationPolicy'], 'x', A_POLICY],
    [['signIn', 'authenticationPolicy'], {}, A_CONDITION],
    [['signIn', 'authenticationPolicy'], { requireMfa: false, networkZones: [] }, A_CONDITION],
    [[...GROUP, 'logins'], 'ana@example.com', 'a list'],
    [[...GROUP, 'handOver'], 1, 'true or false'],
    [['namespaces', 'team-a', 'handOver'], 1, 'true or false'],
    [['roles', 'reader'], {}, 'a list, or existing: true for a ClusterRole that somebody else makes'],
    [['roles', 'reader'], { rules: [], existing: 'yes' }, 'true or false'],
    [['roles', 'reader'], { rules: [], aggregateTo: ['cluster-admin'] }, 'view, edit, admin'],
    [['roles', 'reader'], { rules: [], aggregateTo: ['view', 'view'] }, 'each role once'],
    [['roles', 'reader'], { scope: 'clusters', rules: [] }, 'cluster or namespace'],
    [['roles', 'reader'], 5, 'an object with rules, or with existing: true'],
    [[...CLUSTER, 'network'], 'vpc-1', A_NETWORK],
    [[...CLUSTER, 'network'], { subnetIds: ['subnet-1'] }, 'at least two subnets'],
    [[...CLUSTER, 'network'], { subnetIds: ['subnet-1', 'subnet-1'] }, 'each subnet once'],
    [[...CLUSTER, 'network'], { subnetIds: SUBNETS, securityGroupIds: ['subnet-1'] }, 'the ID of a security group'],
    [[...CLUSTER, 'network'], { subnetIds: SUBNETS, securityGroupIds: ['sg-1', 'sg-1'] }, 'each security group once'],
    [
      [...CLUSTER, 'endpoint'],
      { publicCidrs: [] },
      'at least one address block; leave publicCidrs out for an endpoint that is only private',
    ],
    [[...CLUSTER, 'endpoint'], { publicCidrs: ['203.0.113.5'] }, 'an address block, such as 203.0.113.0/24'],
    [[...CLUSTER, 'endpoint'], { publicCidrs: ['10.0.0.0/8', '10.0.0.0/8'] }, 'each address block once'],
    [[...CLUSTER, 'endpoint'], { publicCidrs: BLOCKS(41) }, 'at most 40 address blocks'],
    [[...CLUSTER, 'namespaces'], ['Team-A'], A_NAMESPACE],
    [[...CLUSTER, 'namespaces'], ['a'.repeat(64)], A_NAMESPACE],
    [[...CLUSTER, 'namespaces'], ['a', 'a'], 'each namespace once'],
    [
      [...CLUSTER, 'alarms'],
      { topicArn: 'x' },
      'the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:111122223333:security',
    ],
    [
      [...CLUSTER, 'secretsKeyArn'],
      'alias/x',
      'the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111122223333:key/…',
    ],
    [[...CLUSTER, 'logRetentionDays'], 91, A_RETENTION],
    [[...CLUSTER, 'logRetentionDays'], 1.5, A_RETENTION],
    [[...CLUSTER, 'supportType'], 'standard', 'STANDARD or EXTENDED'],
    [[...CLUSTER, 'deletionProtection'], 1, 'true or false'],
    [[...CLUSTER, 'breakGlass'], { ...BREAK_GLASS, expires: 'soon' }, A_DAY],
    [[...CLUSTER, 'breakGlass'], { ...BREAK_GLASS, expires: '2026-02-29' }, A_DAY],
    [[...CLUSTER, 'breakGlass'], { ...BREAK_GLASS, roleArn: 'x' }, AN_ARN],
    [[...CLUSTER, 'breakGlass'], { ...BREAK_GLASS, reason: '' }, NOT_EMPTY],
    [['namespaces', 'team-a', 'podSecurity'], 'none', 'privileged, baseline, or restricted'],
    [['namespaces', 'team-a', 'allowIngressFrom'], [{ namespace: 'x', port: 0 }], 'a port of at least 1'],
    [['namespaces', 'team-a', 'quota'], {}, 'at least one resource, such as pods'],
    [['namespaces', 'team-a', 'quota'], { pods: '' }, A_QUANTITY],
    [['namespaces', 'team-a', 'quota'], { pods: -1 }, A_QUANTITY],
    [['namespaces', 'team-a', 'quota'], { 'requests.memory': '8GiB' }, A_QUANTITY],
    [['namespaces', 'team-a', 'quota'], { pods: true }, "a quantity, such as '8Gi' or 10"],
    [['guards', 'namespaces'], { x: 'eks-admins' }, 'a list'],
    [[...GRANT, 'expires'], '2030-1-1', A_DAY],
    [[...GRANT, 'expires'], '2030-01-01T00:00', A_DAY],
    [[...GRANT, 'expires'], 'on 2030-01-01', A_DAY],
    [
      [...GRANT, 'namespaces'],
      [],
      'at least one namespace; leave namespaces out to grant the role on the whole cluster',
    ],
    [[...GRANT, 'namespaces'], ['a', 'a'], 'each namespace once'],
    [[...GRANT, 'accept'], { impersonate: '' }, NOT_EMPTY],
    [[...GRANT, 'accept'], { impersonate: 5 }, 'the reason, or { reason, expires } with the last day'],
    [[...GRANT, 'accept'], { impersonate: { reason: 'x' } }, 'the reason, or { reason, expires } with the last day'],
    [[...GRANT, 'accept'], { impersonate: { reason: '', expires: '2030-01-01' } }, NOT_EMPTY],
    [[...GRANT, 'accept'], { impersonate: { reason: 'x', expires: '2030-02-30' } }, A_DAY],
    [['roles', 'reader'], { rules: [], accept: { impersonate: '' } }, NOT_EMPTY],
    [[...GRANT, 'reason'], '', NOT_EMPTY],
    [[...GRANT, 'reason'], 5, 'a string'],
    [[...CLUSTER, 'authenticationMode'], 'CONFIG_MAP', 'API or API_AND_CONFIG_MAP'],
    [['clusterDefaults', 'authenticationMode'], 'api', 'API or API_AND_CONFIG_MAP'],
    [['namespaces', 'team-a', 'holds'], 'node', 'a list'],
    [['namespaces', 'team-a', 'holds'], ['admin'], 'cluster-admin, node, or { awsRole, reason }'],
    [['namespaces', 'team-a', 'holds'], [{ awsRole: ARN }], 'cluster-admin, node, or { awsRole, reason }'],
    [['namespaces', 'team-a', 'holds'], [{ awsRole: 'argocd', reason: 'x' }], AN_ARN],
    [['guards', 'systemNamespaces'], 'eks-admins', 'a list'],
    [['clusterDefaults', 'region'], 'x', A_REGION],
    [
      ['backend'],
      's3',
      'local, { s3: { bucket, region, keyPrefix, kmsKeyId, roleArn } }, { cloud: { organization, workspacePrefix, hostname } }, or { custom: { type, config } }',
    ],
  ])('is invalid at %j with %j: allowed is %s', (place, value, allowed) => {
    const { error } = accessSchema.safeParse(fileWith(place, value));

    expect(error?.issues.map(({ message }) => message)).toEqual([allowed]);
  });

  test.each<readonly [Place, unknown]>([
    [['signIn', 'refresh'], { x: 1 }],
    [['signIn', 'authenticationPolicy'], { id: 'a', x: 1 }],
    [['roles', 'reader'], { rules: [], x: 1 }],
    [['roles', 'reader', 'rules'], [{ verbs: ['get'], x: 1 }]],
    [[...CLUSTER, 'network'], { subnetIds: [], x: 1 }],
    [[...CLUSTER, 'endpoint'], { x: 1 }],
    [[...CLUSTER, 'breakGlass'], { ...BREAK_GLASS, x: 1 }],
    [[...CLUSTER, 'alarms'], { x: 1 }],
    [[...CLUSTER, 'guards'], { x: 1 }],
    [['namespaces', 'team-a', 'holds'], [{ awsRole: ARN, reason: 'x', x: 1 }]],
    [[...GRANT, 'accept'], { impersonate: { reason: 'x', expires: '2030-01-01', x: 1 } }],
    [['clusters', 'own'], { kind: 'existing-eks', region: 'eu-west-1', authenticationMode: 'API' }],
    [['clusters', 'own'], { kind: 'self-managed', kubeconfigContext: 'a', authenticationMode: 'API' }],
    [['clusters', 'own'], { kind: 'self-managed', kubeconfigContext: 'a', x: 1 }],
    [['namespaces', 'team-a'], { x: 1 }],
    [['namespaces', 'team-a', 'allowIngressFrom'], [{ namespace: 'a', x: 1 }]],
    [['clusterDefaults'], { x: 1 }],
    [['clusterDefaults'], { name: 'a' }],
    [['clusterDefaults'], { kind: 'eks' }],
    [['clusterDefaults'], { roleName: 'a' }],
    [['backend'], { s3: { ...S3, x: 1 } }],
    [['backend'], { s3: S3, x: 1 }],
    [['backend'], { cloud: { organization: 'o', x: 1 } }],
    [['backend'], { cloud: { organization: 'o', hostname: 'https://tfe.example.com' } }],
    [['backend'], { s3: { ...S3, roleArn: 'deployer' } }],
    [['backend'], { custom: { type: 'gcs' } }],
    [['backend'], { custom: { type: 'gcs', config: { prefix: null } } }],
    [['backend'], { custom: { type: 'gcs', config: {}, x: 1 } }],
    [['backend'], { cloud: { organization: 'o' }, x: 1 }],
  ])('is invalid at %j with the unknown key in %j', (place, value) => {
    expect(accessSchema.safeParse(fileWith(place, value)).success).toBe(false);
  });

  test.each<readonly [Place, unknown]>([
    [['signIn', 'refresh'], { leeway: 0 }],
    [['signIn', 'refresh'], { leeway: 60 }],
    [['signIn', 'authenticationPolicy'], { requireMfa: true }],
    [['signIn', 'authenticationPolicy'], { networkZones: ['office'] }],
    [['roles', 'reader'], { rules: [{ verbs: ['get'] }] }],
    [[...CLUSTER, 'network'], { subnetIds: SUBNETS }],
    [[...CLUSTER, 'endpoint'], {}],
    [[...CLUSTER, 'endpoint'], { publicCidrs: BLOCKS(40) }],
    [[...CLUSTER, 'endpoint'], { publicCidrs: ['2001:db8::/32'] }],
    [[...CLUSTER, 'namespaces'], ['a'.repeat(63)]],
    [[...CLUSTER, 'secretsKeyArn'], `arn:aws:kms:eu-west-1:111122223333:key/${KEY}`],
    [[...CLUSTER, 'secretsKeyArn'], `arn:aws:kms:eu-west-1:111122223333:key/mrk-${'0'.repeat(32)}`],
    [['namespaces', 'team-a', 'quota'], { pods: 20, 'requests.cpu': '500m', 'requests.memory': '8Gi' }],
    [[...CLUSTER, 'guards'], {}],
    [['clusters', 'own'], { kind: 'self-managed', kubeconfigContext: 'a' }],
    [['namespaces', 'team-a', 'allowIngressFrom'], [{ namespace: 'a' }]],
    [['namespaces', 'team-a', 'holds'], []],
    [
      ['namespaces', 'team-a', 'holds'],
      ['cluster-admin', 'node', { awsRole: ARN, reason: 'deploys' }],
    ],
    [[...GRANT, 'accept'], { impersonate: { reason: 'x', expires: '2030-01-01' } }],
    [['guards', 'systemNamespaces'], []],
    [['backend'], { s3: S3 }],
    [['backend'], { cloud: { organization: 'o', hostname: 'tfe.example.com' } }],
    [['backend'], { s3: { ...S3, roleArn: ARN } }],
    [['backend'], { custom: { type: 'remote', config: { a: 1, workspaces: { name: '{stack}' }, c: [{ d: true }] } } }],
    [['backend'], { cloud: { organization: 'o' } }],
  ])('is valid at %j with the minimum, %j', (place, value) => {
    expect(accessSchema.safeParse(fileWith(place, value)).success).toBe(true);
  });

  test.each([
    ['description', 'x'],
    ['audience', 'x'],
    ['issuerMode', 'ORG_URL'],
  ])('is invalid with %s for an existing authorization server', (key, value) => {
    const { error } = accessSchema.safeParse(fileWith(['authorizationServer'], { existing: true, [key]: value }));

    expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
      [`authorizationServer.${key}`, `no ${key}: a server with existing: true is looked up and never changed`],
    ]);
  });

  test.each([
    { existing: true, name: 'EKS' },
    { existing: false, description: 'x', audience: 'x', issuerMode: 'CUSTOM_URL' },
  ])('is valid with the authorization server %j', (server) => {
    expect(accessSchema.safeParse(fileWith(['authorizationServer'], server)).success).toBe(true);
  });

  test.each(['alias/state', 'x', `arn:aws:kms:eu-west-1:111122223333:alias/x`, `${KEY} `])(
    'is invalid with the KMS key %j for the state, which Terraform does not accept',
    (kmsKeyId) => {
      const { error } = accessSchema.safeParse(fileWith(['backend'], { s3: { ...S3, kmsKeyId } }));

      expect(error?.issues.map(({ message }) => message)).toEqual(['the ARN or ID of a KMS key']);
    },
  );

  test.each([KEY, `mrk-${'0'.repeat(32)}`, `arn:aws:kms:eu-west-1:111122223333:key/${KEY}`])(
    'is valid with the KMS key %s for the state',
    (kmsKeyId) => {
      expect(accessSchema.safeParse(fileWith(['backend'], { s3: { ...S3, kmsKeyId } })).success).toBe(true);
    },
  );

  test.each([
    ['90m', 90],
    ['12h', 720],
    ['7d', 10_080],
  ])('reads the duration %s as %i minutes', (lifetime, minutes) => {
    const { data } = accessSchema.safeParse(fileWith(['signIn', 'refresh', 'lifetime'], lifetime));

    expect(data?.signIn.refresh).toEqual({ lifetime: minutes, idle: minutes, rotation: true, leeway: 30 });
  });

  test.each([
    ['scope', 'namespace'],
    ['rules', []],
    ['aggregateTo', ['view']],
  ])('is invalid with the key %s for a role that somebody else makes', (key, value) => {
    const { error } = accessSchema.safeParse(fileWith(['roles', 'reader'], { existing: true, [key]: value }));

    expect(error?.issues).toEqual([
      expect.objectContaining({
        path: ['roles', 'reader', key],
        message: `no ${key}: a role with existing: true is a ClusterRole that somebody else makes`,
      }),
    ]);
  });

  test('is invalid with a role of scope namespace that widens others', () => {
    const role = { scope: 'namespace', rules: [], aggregateTo: ['view'] };
    const { error } = accessSchema.safeParse(fileWith(['roles', 'reader'], role));

    expect(error?.issues).toEqual([
      expect.objectContaining({
        path: ['roles', 'reader', 'aggregateTo'],
        message: 'no aggregateTo: only a role of scope cluster widens others',
      }),
    ]);
  });

  test.each([
    { existing: true },
    { existing: true, description: 'x', accept: { 'unknown-rules': 'x' } },
    { rules: [], aggregateTo: ['view', 'edit', 'admin'] },
  ])('is valid with the role %j', (role) => {
    expect(accessSchema.safeParse(fileWith(['roles', 'reader'], role)).success).toBe(true);
  });

  test('reads a quota as strings', () => {
    const { data } = accessSchema.safeParse(fileWith(['namespaces', 'team-a', 'quota'], { pods: 20, cpu: '500m' }));

    expect(data?.namespaces['team-a']?.quota).toEqual({ pods: '20', cpu: '500m' });
  });

  test('has defaults', () => {
    const { data } = accessSchema.safeParse({
      ...SMALLEST,
      signIn: { refresh: {} },
      roles: { reader: { rules: [] } },
      namespaces: { 'team-a': {} },
    });

    expect(data?.signIn.refresh).toEqual({ lifetime: 720, idle: 720, rotation: true, leeway: 30 });
    expect(data?.roles).toEqual({
      reader: { existing: false, scope: 'cluster', rules: [], aggregateTo: [], accept: {} },
    });
    expect(data?.namespaces).toEqual({
      'team-a': { create: false, handOver: false, denyIngress: false, allowIngressFrom: [] },
    });
  });
});
