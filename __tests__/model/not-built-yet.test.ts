import { PRESET_ROLES } from '../../model';
import { accessSchema } from '../../model/schema';
import { problemsOf, problemsWith, SMALLEST } from '../access-files';
import { fileWith } from './file-with';

type Place = readonly (string | number)[];

const ROLE_ARN = 'arn:aws:iam::111122223333:role/admin';
const GROUP = ['groups', 'eks-admins'];
const CLUSTER = ['clusters', 'prod'];

const problem = (path: string, effect: string, given: string) => ({
  path,
  check: 'not-built-yet',
  message: `This is not built yet: ${effect}. It is refused, because a setting without effect would mislead.`,
  given,
  allowed: 'nothing here, until a later version',
  fix: 'Remove it, or use a version that builds it.',
});

const UNBUILT: readonly (readonly [Place, unknown, effect: string, given: string])[] = [
  [['authorizationServer', 'existing'], true, 'looking up an authorization server', 'true'],
  [['signIn', 'refresh'], {}, 'refresh tokens', 'an empty object'],
  [
    ['signIn', 'refresh'],
    { lifetime: '12h', idle: '1h', rotation: true, leeway: 60 },
    'refresh tokens',
    'an object with lifetime, idle, rotation, leeway',
  ],
  [['signIn', 'deviceCode'], true, 'the device grant', 'true'],
  [['signIn', 'accessTokenMinutes'], 5, 'the lifetime of access tokens', '5'],
  [['signIn', 'accessTokenMinutes'], 1440, 'the lifetime of access tokens', '1440'],
  [['signIn', 'authenticationPolicy'], { id: 'x' }, 'an authentication policy', 'an object with id'],
  [
    ['signIn', 'authenticationPolicy'],
    { requireMfa: true, networkZones: ['x'] },
    'an authentication policy',
    'an object with requireMfa, networkZones',
  ],
  [[...GROUP, 'logins'], ['ana@example.com'], 'putting people into a group', 'a list of 1'],
  [[...GROUP, 'logins'], [], 'putting people into a group', 'an empty list'],
  [[...GROUP, 'rule'], 'user.department == "Platform"', 'a group rule', '\'user.department == "Platform"\''],
  [
    ['roles'],
    {
      reader: {
        scope: 'namespace',
        description: 'x',
        rules: [
          { apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: ['x'], nonResourceURLs: ['/x'] },
        ],
      },
    },
    "roles of the file's own",
    'an object with reader',
  ],
  [
    [...CLUSTER, 'network'],
    { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] },
    'a network of your own',
    'an object with subnetIds, securityGroupIds',
  ],
  [
    [...CLUSTER, 'endpoint'],
    { private: true, publicCidrs: ['10.0.0.0/8'] },
    'access to the endpoint',
    'an object with private, publicCidrs',
  ],
  [[...CLUSTER, 'logRetentionDays'], 30, 'log retention', '30'],
  [[...CLUSTER, 'secretsKeyArn'], 'arn:aws:kms:x', 'encryption of secrets', "'arn:aws:kms:x'"],
  [[...CLUSTER, 'supportType'], 'STANDARD', 'the support type', "'STANDARD'"],
  [[...CLUSTER, 'supportType'], 'EXTENDED', 'the support type', "'EXTENDED'"],
  [[...CLUSTER, 'deletionProtection'], true, 'deletion protection', 'true'],
  [[...CLUSTER, 'namespaces'], ['team-a'], 'namespaces', 'a list of 1'],
  [
    [...CLUSTER, 'guards'],
    { secretDeletion: ['a'], runAsRoot: ['a'], namespaces: { x: ['a'] } },
    'guards',
    'an object with secretDeletion, runAsRoot, namespaces',
  ],
  [
    [...CLUSTER, 'breakGlass'],
    { roleArn: ROLE_ARN, expires: '2030-01-01', reason: 'x' },
    'break-glass access',
    'an object with roleArn, expires, reason',
  ],
  [[...CLUSTER, 'alarms'], {}, 'alarms', 'an empty object'],
  [[...CLUSTER, 'alarms'], { topicArn: 'arn:aws:sns:x' }, 'alarms', 'an object with topicArn'],
  [
    ['namespaces'],
    {
      'team-a': {
        create: true,
        podSecurity: 'baseline',
        denyIngress: true,
        allowIngressFrom: [{ namespace: 'x', podLabels: { a: 'b' }, port: 80 }],
        quota: { pods: '10' },
      },
    },
    'namespaces',
    'an object with team-a',
  ],
  [['guards'], {}, 'guards', 'an empty object'],
  [['guards'], { secretDeletion: ['eks-admins'] }, 'guards', 'an object with secretDeletion'],
  [['clusterDefaults'], {}, 'settings that clusters share', 'an empty object'],
  [
    ['clusterDefaults'],
    { region: 'us-west-1', version: '1.35', kubeconfigContext: 'x' },
    'settings that clusters share',
    'an object with region, version, kubeconfigContext',
  ],
  [['grants', 0, 'namespaces'], ['team-a'], 'a grant in namespaces', 'a list of 1'],
  [['grants', 0, 'expires'], '2030-01-01', 'a grant that expires', "'2030-01-01'"],
  [['grants', 0, 'accept'], { impersonate: 'x' }, 'accepting sensitive permissions', 'an object with impersonate'],
  [
    ['backend'],
    { s3: { bucket: 'b', region: 'us-west-1', keyPrefix: 'x', kmsKeyId: 'y' } },
    'state elsewhere than on this machine',
    'an object with s3',
  ],
  [
    ['backend'],
    { cloud: { organization: 'o', workspacePrefix: 'x' } },
    'state elsewhere than on this machine',
    'an object with cloud',
  ],
];

const pathOf = (place: Place) =>
  place
    .map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : index === 0 ? segment : `.${segment}`))
    .join('');

describe('what is not built yet', () => {
  test.each(UNBUILT.map(([place, value, effect, given]) => [pathOf(place), value, place, effect, given] as const))(
    'fails at %s with %j, though the schema knows it',
    (path, value, place, effect, given) => {
      const file = fileWith(place, value);

      const problems = problemsOf(file);

      expect(problems).toEqual([problem(path, effect, given)]);
      expect(accessSchema.safeParse(file).success).toBe(true);
    },
  );

  test('fails for a self-managed cluster', () => {
    const own = {
      kind: 'self-managed',
      kubeconfigContext: 'x',
      version: '1.35',
      app: 'y',
      tags: {},
    };
    const file = { ...SMALLEST, clusters: { ...SMALLEST.clusters, own } };

    const problems = problemsOf(file);

    expect(problems).toEqual([problem('clusters.own.kind', 'a self-managed cluster', "'self-managed'")]);
    expect(accessSchema.safeParse(file).success).toBe(true);
  });

  test.each(PRESET_ROLES)('fails for a grant of the preset %s', (role) => {
    const problems = problemsWith({ grants: [...SMALLEST.grants, { group: 'eks-admins', role, clusters: '*' }] });

    expect(problems).toEqual([problem('grants[1].role', 'the presets of roles', `'${role}'`)]);
  });

  test('fails at each group, cluster and grant that asks for it', () => {
    const cluster = { kind: 'eks', region: 'eu-west-1', supportType: 'STANDARD' };
    const problems = problemsWith({
      groups: { 'eks-admins': { rule: 'a' }, 'eks-b': {}, 'eks-c': { rule: 'b' } },
      clusters: { prod: cluster, test: cluster },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-b', role: 'view', clusters: '*', expires: '2030-01-01' },
        { group: 'eks-c', role: 'view', clusters: '*', expires: '2030-01-01' },
      ],
    });

    expect(problems.map(({ path, check }) => [path, check])).toEqual(
      [
        'groups.eks-admins.rule',
        'groups.eks-c.rule',
        'clusters.prod.supportType',
        'clusters.test.supportType',
        'grants[1].expires',
        'grants[2].expires',
      ].map((path) => [path, 'not-built-yet']),
    );
  });

  test.each<readonly [Place, unknown]>([
    [['signIn', 'refresh'], { lifetme: 5 }],
    [['signIn', 'accessTokenMinutes'], 'x'],
    [[...GROUP, 'rule'], ''],
    [[...CLUSTER, 'breakGlass'], {}],
    [['guards'], null],
    [['roles'], null],
    [['roles'], 5],
    [['namespaces'], { 'team-a': 5 }],
    [['grants', 0, 'expires'], 'tomorrow'],
    [['backend'], 's3'],
    [['authorizationServer', 'existing'], 'no'],
  ])('is said alone at %j of %j, without what is wrong with the value', (place, value) => {
    expect(problemsOf(fileWith(place, value)).map(({ path, check }) => [path, check])).toEqual([
      [pathOf(place), 'not-built-yet'],
    ]);
  });

  test('does not hide what is wrong beside it', () => {
    const problems = problemsWith({
      clusters: { own: { kind: 'self-managed', kubeconfigContext: 5 } },
      signIn: { refresh: {}, redirectPorts: [] },
    });

    expect(problems.map(({ path, check }) => [path, check]).sort()).toEqual([
      ['clusters.own.kind', 'not-built-yet'],
      ['clusters.own.kubeconfigContext', 'shape'],
      ['signIn.redirectPorts', 'shape'],
      ['signIn.refresh', 'not-built-yet'],
    ]);
  });

  test('leaves a grant in namespaces out of the checks over all grants, because without them it means more', () => {
    const problems = problemsWith({
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*', namespaces: ['team-a'] },
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*', namespaces: ['team-b'] },
      ],
    });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([
      ['grants[0].namespaces', 'not-built-yet'],
      ['grants[1].namespaces', 'not-built-yet'],
    ]);
  });

  test.each([
    ['of a group', { groups: { 'eks-admins': { rule: 'x' } } }, 'groups.eks-admins.rule'],
    ['of the sign-in', { signIn: { deviceCode: true } }, 'signIn.deviceCode'],
  ])('does not hide a cluster without cluster-admin where it is a key %s', (_, changes, path) => {
    const problems = problemsWith({ ...changes, grants: [{ group: 'eks-admins', role: 'view', clusters: '*' }] });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([
      [path, 'not-built-yet'],
      ['clusters.prod', 'no-cluster-admin'],
    ]);
  });

  test('does not hide a cluster without cluster-admin beside a preset', () => {
    const problems = problemsWith({ grants: [{ group: 'eks-admins', role: 'namespace-admin', clusters: '*' }] });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([
      ['grants[0].role', 'not-built-yet'],
      ['clusters.prod', 'no-cluster-admin'],
    ]);
  });
});

describe('what asks for nothing but what is built', () => {
  test.each<readonly [string, Place, unknown]>([
    ['false', ['authorizationServer', 'existing'], false],
    ['false', ['signIn', 'deviceCode'], false],
    ['an empty map', ['roles'], {}],
    ['an empty map', ['namespaces'], {}],
    ['the default network', [...CLUSTER, 'network'], 'default-vpc'],
    ['false', [...CLUSTER, 'deletionProtection'], false],
    ['an existing cluster', CLUSTER, { kind: 'existing-eks', region: 'us-west-1' }],
    ['an existing group', [...GROUP, 'existing'], true],
    ['local state', ['backend'], 'local'],
    ['nothing', ['guards'], undefined],
    ['nothing', [...GROUP, 'rule'], undefined],
    ['nothing', ['grants', 0, 'expires'], undefined],
  ])('is accepted: %s at %j', (_, place, value) => {
    expect(problemsOf(fileWith(place, value))).toEqual([]);
  });
});
