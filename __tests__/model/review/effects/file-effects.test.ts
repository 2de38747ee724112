import type * as z from 'zod';
import { type Access, readAccess } from '../../../../model';
import type { ParsedFile } from '../../../../model/file/parsed-file';
import { pathText } from '../../../../model/file/path';
import { accessSchema } from '../../../../model/file/schema';
import { type AccessDiff, accessDiff, isGrave } from '../../../../model/review/diff';
import { always, type Effect, neutral, type ObjectEffects } from '../../../../model/review/effects/effect';
import { diffJson } from '../../../../report/diff-json';
import { diffText } from '../../../../report/diff-text';
import { DAY } from '../../../day';

const ROLE = 'arn:aws:iam::111122223333:role';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:security';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0f8fad5b-d9cb-469f-a165-70867728950e';
const OTHER_KEY = KEY.replace('0f8f', '1f8f');

const POD_READER = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };

/** A file in which each name that a user chooses is x, and the key of each cluster is its kind. */
const FILE = {
  okta: { orgName: 'example' },
  authorizationServer: {},
  groupsClaim: {},
  identityProvider: {},
  signIn: {},
  groups: { x: { logins: ['ana@example.com'] }, y: {} },
  roles: { x: { rules: [POD_READER] } },
  clusters: {
    eks: { kind: 'eks', region: 'eu-west-1', roleName: 'a' },
    'existing-eks': { kind: 'existing-eks', region: 'eu-west-1' },
    'self-managed': { kind: 'self-managed', kubeconfigContext: 'a' },
  },
  namespaces: { x: {} },
  guards: {},
  grants: [
    { group: 'x', role: 'x', clusters: ['eks', 'existing-eks', 'self-managed'], namespaces: ['x'] },
    { group: 'x', role: 'cluster-admin', clusters: '*' },
  ],
};

const STATES = { bucket: 'a', region: 'eu-west-1' };
const customBackend = (type: string, prefix: string) => ({ custom: { type, config: { prefix: `${prefix}/{stack}` } } });
const A_PREFIX = { username: 'a:', groups: 'a:' };

type Case = readonly [path: string, old: unknown, now: unknown, there: Effect, back: Effect];

const ANY_CLUSTER = (kind: string): readonly Case[] => [
  [`clusters.${kind}.app`, 'a', 'b', 'replaces', 'replaces'],
  [`clusters.${kind}.app`, undefined, kind === 'eks' ? 'existing-eks' : 'eks', 'widens', 'replaces'],
  [`clusters.${kind}.namespaces`, [], ['y'], 'neutral', 'neutral'],
  [`clusters.${kind}.guards.secretDeletion`, undefined, ['x'], 'narrows', 'widens'],
  [`clusters.${kind}.guards.secretDeletion`, ['x'], ['x', 'y'], 'widens', 'narrows'],
  [`clusters.${kind}.guards.systemNamespaces`, undefined, ['x'], 'narrows', 'widens'],
  [`clusters.${kind}.guards.runAsRoot`, undefined, [], 'narrows', 'widens'],
  [`clusters.${kind}.guards.runAsRoot`, ['x'], ['y'], 'widens', 'widens'],
  [`clusters.${kind}.guards.namespaces.x`, undefined, ['x'], 'narrows', 'widens'],
  [`clusters.${kind}.guards.namespaces.x`, [], ['x'], 'widens', 'narrows'],
  [`clusters.${kind}.guards.mode`, undefined, 'warn', 'widens', 'narrows'],
  [`clusters.${kind}.guards.allowPrivilegeEscalation`, undefined, false, 'narrows', 'widens'],
  [`clusters.${kind}.guards.exemptServiceAccounts`, undefined, ['kube-system/x'], 'narrows', 'widens'],
  [`clusters.${kind}.tags.x`, undefined, 'a', 'neutral', 'neutral'],
  [`clusters.${kind}.replaceable`, undefined, true, 'widens', 'narrows'],
  [`clusters.${kind}.identityProvider.name`, undefined, 'b', 'replaces', 'replaces'],
  [`clusters.${kind}.identityProvider.name`, undefined, 'Okta', 'neutral', 'neutral'],
  [`clusters.${kind}.identityProvider.usernameClaim`, undefined, 'sub', 'replaces', 'replaces'],
  [`clusters.${kind}.identityProvider.prefix`, A_PREFIX, { ...A_PREFIX, username: 'b:' }, 'replaces', 'replaces'],
  [`clusters.${kind}.identityProvider.prefix`, A_PREFIX, { ...A_PREFIX, groups: 'b:' }, 'replaces', 'replaces'],
  [`clusters.${kind}.identityProvider.prefix`, A_PREFIX, { ...A_PREFIX, groups: '' }, 'widens', 'replaces'],
  [`clusters.${kind}.identityProvider.requiredClaims`, {}, { x: 'a' }, 'replaces', 'widens'],
  [`clusters.${kind}.identityProvider.requiredClaims`, { x: 'a' }, { x: 'b' }, 'widens', 'widens'],
  [`clusters.${kind}.identityProvider.replaceable`, undefined, true, 'widens', 'narrows'],
];
const ANY_EKS_CLUSTER = (kind: string, otherCluster: Effect): readonly Case[] => [
  ...ANY_CLUSTER(kind),
  [`clusters.${kind}.name`, undefined, 'b', otherCluster, otherCluster],
  [`clusters.${kind}.region`, 'eu-west-1', 'eu-west-2', 'moves', 'moves'],
  [`clusters.${kind}.account.id`, '111122223333', '111122224444', 'moves', 'moves'],
  [`clusters.${kind}.account`, undefined, { id: '111122223333' }, 'moves', 'moves'],
  // The role keeps its access, which EKS or somebody else gave it.
  [`clusters.${kind}.account.roleArn`, undefined, `${ROLE}/a`, 'widens', 'neutral'],
  [`clusters.${kind}.account.roleArn`, `${ROLE}/a`, `${ROLE}/b`, 'widens', 'widens'],
  [`clusters.${kind}.deployers`, [], [`${ROLE}/a`], 'widens', 'narrows'],
  [`clusters.${kind}.deployers`, [`${ROLE}/a`], [`${ROLE}/b`], 'widens', 'widens'],
  [`clusters.${kind}.breakGlass.roleArn`, `${ROLE}/a`, `${ROLE}/b`, 'widens', 'widens'],
  [`clusters.${kind}.breakGlass.expires`, '2026-12-01', '2026-12-02', 'widens', 'narrows'],
  [`clusters.${kind}.breakGlass.reason`, 'a', 'b', 'neutral', 'neutral'],
  [
    `clusters.${kind}.breakGlass`,
    undefined,
    { roleArn: `${ROLE}/a`, expires: '2026-12-01', reason: 'a' },
    'widens',
    'narrows',
  ],
  // On the day, break-glass access that has ended is like none.
  [
    `clusters.${kind}.breakGlass`,
    { roleArn: `${ROLE}/a`, expires: '2026-01-01', reason: 'a' },
    { roleArn: `${ROLE}/a`, expires: '2026-12-01', reason: 'a' },
    'widens',
    'narrows',
  ],
  [`clusters.${kind}.alarms.topicArn`, undefined, TOPIC, 'narrows', 'widens'],
  [`clusters.${kind}.alarms.topicArn`, TOPIC, `${TOPIC}2`, 'widens', 'widens'],
  [`clusters.${kind}.alarms`, undefined, {}, 'narrows', 'widens'],
];

/** The cluster leaves, or comes back; the key is told with the cluster. */
const ABSENT: readonly Case[] = Object.entries(FILE.clusters).map(([kind, settings]) => [
  `clusters.${kind}`,
  settings,
  { ...settings, absent: true },
  'replaces',
  'widens',
]);

/** For each key of the schema: an old and a new value, and the effect of the change there and back. */
const CASES: readonly Case[] = [
  ['okta.orgName', 'a', 'b', 'moves', 'moves'],
  ['okta.baseUrl', undefined, 'oktapreview.com', 'moves', 'moves'],
  ['authorizationServer.name', undefined, 'b', 'neutral', 'neutral'],
  ['authorizationServer.description', undefined, 'b', 'neutral', 'neutral'],
  ['authorizationServer.audience', undefined, 'b', 'neutral', 'neutral'],
  ['authorizationServer.issuerMode', undefined, 'CUSTOM_URL', 'replaces', 'replaces'],
  ['authorizationServer.existing', undefined, true, 'moves', 'moves'],
  ['authorizationServer', { existing: true, name: 'a' }, { existing: true, name: 'b' }, 'moves', 'moves'],
  ['authorizationServer', { existing: true }, { existing: true, handOver: true }, 'neutral', 'neutral'],
  ['authorizationServer.replaceable', undefined, true, 'widens', 'narrows'],
  ['groupsClaim.name', undefined, 'b', 'replaces', 'replaces'],
  ['groupsClaim.startsWith', 'eks-', 'eks', 'widens', 'narrows'],
  ['groupsClaim.startsWith', 'eks-', 'k8s-', 'widens', 'widens'],
  ['groupsClaim.startsWith', 'eks-', 'EKS-', 'neutral', 'neutral'],
  ['groupsClaim.startsWith', 'eks-', ['eks-a', 'eks-b'], 'narrows', 'widens'],
  ['groupsClaim.startsWith', ['eks-a'], ['eks-a', 'eks-b'], 'widens', 'narrows'],
  ['groupsClaim.startsWith', ['eks-'], ['EKS-'], 'widens', 'widens'],
  ['groupsClaim.startsWith', ['a'], ['a', 'ab'], 'neutral', 'neutral'],
  ['groupsClaim.matches', '^eks-.*$', '^ops-.*$', 'widens', 'widens'],
  ['groupsClaim.expression', '{"eks-a"}', '{"eks-b"}', 'widens', 'widens'],
  ['groupsClaim', { startsWith: 'eks-' }, { matches: '^eks-.*$' }, 'widens', 'widens'],
  ['claims.x', undefined, 'user.a', 'neutral', 'replaces'],
  ['claims.x', 'user.a', 'user.b', 'widens', 'widens'],
  ['claims.x', { existing: true }, 'user.b', 'widens', 'widens'],
  ['identityProvider.name', undefined, 'b', 'replaces', 'replaces'],
  ['identityProvider.usernameClaim', undefined, 'sub', 'replaces', 'replaces'],
  ['identityProvider.prefix.username', 'a:', 'b:', 'replaces', 'replaces'],
  ['identityProvider.prefix.username', 'a:', '', 'widens', 'replaces'],
  ['identityProvider.prefix.groups', 'a:', 'b:', 'replaces', 'replaces'],
  ['identityProvider.prefix.groups', 'a:', '', 'widens', 'replaces'],
  ['identityProvider.requiredClaims.x', undefined, 'a', 'replaces', 'widens'],
  ['identityProvider.requiredClaims.x', 'a', 'b', 'widens', 'widens'],
  ['identityProvider.replaceable', undefined, true, 'widens', 'narrows'],
  ['signIn.assignment', undefined, 'everyone', 'widens', 'narrows'],
  ['signIn.redirectPorts', [8000], [8000, 9000], 'widens', 'narrows'],
  ['signIn.refresh', undefined, {}, 'widens', 'narrows'],
  ['signIn.refresh', { lifetime: '12h', idle: '1h' }, { lifetime: '13h', idle: '1h' }, 'widens', 'narrows'],
  ['signIn.refresh.idle', '1h', '2h', 'widens', 'narrows'],
  ['signIn.refresh.rotation', undefined, false, 'widens', 'narrows'],
  ['signIn.refresh.leeway', 0, 10, 'widens', 'narrows'],
  ['signIn.deviceCode', undefined, true, 'widens', 'narrows'],
  ['signIn.accessTokenMinutes', 10, 20, 'widens', 'narrows'],
  ['signIn.accessTokenMinutes', undefined, 61, 'widens', 'narrows'],
  ['signIn.accessTokenMinutes', undefined, 60, 'neutral', 'neutral'],
  ['signIn.authenticationPolicy', undefined, { requireMfa: true }, 'narrows', 'widens'],
  ['signIn.authenticationPolicy', undefined, { networkZones: ['a'] }, 'widens', 'widens'],
  ['signIn.authenticationPolicy', { id: 'a' }, { requireMfa: true }, 'narrows', 'widens'],
  ['signIn.authenticationPolicy.id', 'a', 'b', 'widens', 'widens'],
  [
    'signIn.authenticationPolicy',
    { requireMfa: true, networkZones: ['a'] },
    { networkZones: ['a'] },
    'widens',
    'narrows',
  ],
  ['signIn.authenticationPolicy', { requireMfa: true, networkZones: ['a'] }, { requireMfa: true }, 'widens', 'narrows'],
  [
    'signIn.authenticationPolicy',
    { requireMfa: true, networkZones: ['a'] },
    { requireMfa: true, networkZones: ['a', 'b'] },
    'widens',
    'narrows',
  ],
  ['groups.x.description', undefined, 'b', 'neutral', 'neutral'],
  ['groups.x.logins', ['ana@example.com'], undefined, 'widens', 'narrows'],
  ['groups.y.logins', [], ['ana@example.com'], 'widens', 'narrows'],
  ['groups.y.rule', undefined, 'true', 'narrows', 'widens'],
  ['groups.y.rule', 'true', 'false', 'widens', 'widens'],
  ['groups.x.existing', { id: '00g1emaKYZTWRYYRRTSK' }, { id: '00g1emaKYZTWRYYRRTSL' }, 'moves', 'moves'],
  ['groups.x.existing', { type: 'APP_GROUP' }, { type: 'OKTA_GROUP' }, 'moves', 'moves'],
  ['groups.x.existing', undefined, true, 'replaces', 'replaces'],
  ['groups.x.was', undefined, 'z', 'replaces', 'neutral'],
  ['groups.x', { existing: true }, { existing: true, handOver: true }, 'neutral', 'neutral'],
  ['groups.z', undefined, {}, 'neutral', 'narrows'],
  ['groups.z', undefined, { existing: true }, 'neutral', 'narrows'],
  ['roles.x.scope', undefined, 'namespace', 'replaces', 'replaces'],
  ['roles.x.description', undefined, 'b', 'neutral', 'neutral'],
  ['roles.x.aggregateTo', [], ['view'], 'widens', 'narrows'],
  ['roles.x.aggregateTo', ['view'], ['edit'], 'widens', 'widens'],
  ['roles.z', undefined, { rules: [POD_READER], aggregateTo: ['view'] }, 'widens', 'narrows'],
  ['roles.z', undefined, { rules: [] }, 'neutral', 'neutral'],
  ...ANY_EKS_CLUSTER('eks', 'replaces'),
  ['clusters.eks.version', '1.34', '1.35', 'replaces', 'replaces'],
  ['clusters.eks.version', '1.35', undefined, 'neutral', 'replaces'],
  ['clusters.eks.roleName', 'a', 'b', 'replaces', 'replaces'],
  ['clusters.eks.network', undefined, { subnetIds: ['subnet-1', 'subnet-2'] }, 'replaces', 'replaces'],
  [
    'clusters.eks.network',
    { subnetIds: ['subnet-1', 'subnet-2'] },
    { subnetIds: ['subnet-1', 'subnet-3'] },
    'replaces',
    'replaces',
  ],
  [
    'clusters.eks.network',
    { subnetIds: ['subnet-1', 'subnet-2'] },
    { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] },
    'widens',
    'narrows',
  ],
  // From public to private only, and from there to public addresses.
  ['clusters.eks.endpoint.private', undefined, true, 'narrows', 'widens'],
  ['clusters.eks.endpoint', { private: true }, { private: true, publicCidrs: ['203.0.113.0/24'] }, 'widens', 'narrows'],
  [
    'clusters.eks.endpoint',
    { publicCidrs: ['203.0.113.0/24'] },
    { private: true, publicCidrs: ['203.0.113.0/24'] },
    'widens',
    'narrows',
  ],
  ['clusters.eks.endpoint.publicCidrs', undefined, ['203.0.113.0/24'], 'narrows', 'widens'],
  // What EKS does by default.
  ['clusters.eks.endpoint.publicCidrs', undefined, ['0.0.0.0/0'], 'neutral', 'neutral'],
  ['clusters.eks.endpoint.publicCidrs', ['203.0.113.0/24'], ['203.0.113.0/25'], 'narrows', 'widens'],
  ['clusters.eks.endpoint.publicCidrs', ['203.0.113.0/24'], ['203.0.113.0/24', '2001:db8::/32'], 'widens', 'narrows'],
  ['clusters.eks.endpoint.publicCidrs', ['203.0.113.0/24'], ['198.51.100.0/24'], 'widens', 'widens'],
  ['clusters.eks.endpoint.publicCidrs', ['0.0.0.0/0'], ['0.0.0.0/0', '198.51.100.0/24'], 'neutral', 'neutral'],
  ['clusters.eks.logs', ['api'], ['api', 'audit'], 'narrows', 'widens'],
  ['clusters.eks.logRetentionDays', undefined, 30, 'widens', 'narrows'],
  ['clusters.eks.secretsKeyArn', undefined, KEY, 'replaces', 'replaces'],
  ['clusters.eks.secretsKeyArn', KEY, OTHER_KEY, 'replaces', 'replaces'],
  ['clusters.eks.authenticationMode', undefined, 'API', 'replaces', 'replaces'],
  ['clusters.eks.supportType', undefined, 'EXTENDED', 'neutral', 'neutral'],
  ['clusters.eks.supportType', 'EXTENDED', 'STANDARD', 'replaces', 'neutral'],
  ['clusters.eks.deletionProtection', true, false, 'widens', 'narrows'],
  ...ABSENT,
  ...ANY_EKS_CLUSTER('existing-eks', 'moves'),
  ['clusters.existing-eks.handOver', undefined, true, 'neutral', 'neutral'],
  ...ANY_CLUSTER('self-managed'),
  ['clusters.self-managed.kubeconfigContext', 'a', 'b', 'moves', 'moves'],
  ['clusters.self-managed.version', '1.34', '1.35', 'neutral', 'neutral'],
  ['clusters.z', undefined, { kind: 'existing-eks', region: 'eu-west-1' }, 'widens', 'replaces'],
  ['clusters.z', undefined, { kind: 'self-managed', kubeconfigContext: 'z' }, 'widens', 'replaces'],
  ['namespaces.x.create', undefined, true, 'neutral', 'replaces'],
  ['namespaces.x.handOver', undefined, true, 'neutral', 'neutral'],
  ['namespaces.x.holds', undefined, ['node'], 'neutral', 'neutral'],
  ['namespaces.x.podSecurity', 'restricted', 'baseline', 'widens', 'narrows'],
  ['namespaces.x.podSecurity', 'baseline', undefined, 'widens', 'narrows'],
  ['namespaces.x.podSecurity', undefined, 'privileged', 'widens', 'neutral'],
  ['namespaces.x.denyIngress', undefined, true, 'narrows', 'widens'],
  // A policy that allows something isolates the pods, also without denyIngress.
  ['namespaces.x.allowIngressFrom', undefined, [{ namespace: 'y' }], 'narrows', 'widens'],
  [
    'namespaces.x.allowIngressFrom',
    [{ namespace: 'y' }],
    [{ namespace: 'y' }, { namespace: 'z' }],
    'widens',
    'narrows',
  ],
  ['namespaces.x.allowIngressFrom', [{ namespace: 'y' }], [{ namespace: 'y', port: 80 }], 'narrows', 'widens'],
  [
    'namespaces.x.allowIngressFrom',
    [{ namespace: 'y', podLabels: { a: 'b' } }],
    [{ namespace: 'y', podLabels: { a: 'b', c: 'd' } }],
    'narrows',
    'widens',
  ],
  ['namespaces.x.allowIngressFrom', [{ namespace: 'y' }], [{ namespace: 'z' }], 'widens', 'widens'],
  [
    'namespaces.x',
    { allowIngressFrom: [{ namespace: 'y' }] },
    { allowIngressFrom: [{ namespace: 'y' }], denyIngress: true },
    'neutral',
    'neutral',
  ],
  ['namespaces.x.quota.x', undefined, '1', 'narrows', 'widens'],
  ['namespaces.x.quota.x', '1', '2', 'widens', 'narrows'],
  ['namespaces.x.quota.x', '1', '1000m', 'neutral', 'neutral'],
  ['namespaces.x.quota.x', '1Ki', '1k', 'narrows', 'widens'],
  ['namespaces.x.quota.x', '500m', '1e3', 'widens', 'narrows'],
  ['guards.secretDeletion', undefined, ['x'], 'narrows', 'widens'],
  ['guards.secretDeletion', ['x'], ['x', 'y'], 'widens', 'narrows'],
  ['guards.systemNamespaces', undefined, ['x'], 'narrows', 'widens'],
  ['guards.systemNamespaces', ['x'], ['x', 'y'], 'widens', 'narrows'],
  ['guards.runAsRoot', undefined, ['x'], 'narrows', 'widens'],
  ['guards.runAsRoot', ['x'], ['x', 'y'], 'widens', 'narrows'],
  ['guards.namespaces.x', undefined, ['x'], 'narrows', 'widens'],
  ['guards.namespaces.x', ['x'], ['x', 'y'], 'widens', 'narrows'],
  ['guards.mode', undefined, 'warn', 'widens', 'narrows'],
  ['guards.mode', 'deny', 'warn', 'widens', 'narrows'],
  ['guards.allowPrivilegeEscalation', undefined, false, 'narrows', 'widens'],
  ['guards.exemptServiceAccounts', undefined, ['kube-system/x'], 'narrows', 'widens'],
  ['guards.exemptServiceAccounts', undefined, ['x/x'], 'widens', 'widens'],
  ['guards.exemptServiceAccounts', ['kube-system/x'], ['kube-system/x', 'kube-system/y'], 'widens', 'narrows'],
  ['grants[0].clusters', '*', ['eks', 'existing-eks', 'self-managed'], 'narrows', 'widens'],
  ['grants[0].expires', undefined, '2026-12-01', 'narrows', 'widens'],
  ['grants[0].expires', '2026-12-01', '2026-12-02', 'widens', 'narrows'],
  ['grants[0].reason', undefined, 'b', 'neutral', 'neutral'],
  ['grants[0].accept.bind', 'a', 'b', 'neutral', 'neutral'],
  [
    'grants[0].accept.bind',
    { reason: 'a', expires: '2026-12-01' },
    { reason: 'b', expires: '2026-12-02' },
    'neutral',
    'neutral',
  ],
  ['roles.x.accept.bind', 'a', { reason: 'a', expires: '2026-12-01' }, 'neutral', 'neutral'],
  [
    'roles.x.accept.bind',
    { reason: 'a', expires: '2026-12-01' },
    { reason: 'b', expires: '2026-12-02' },
    'neutral',
    'neutral',
  ],
  ['selfServiceAttributes', undefined, ['department'], 'neutral', 'neutral'],
  ['backend', undefined, { cloud: { organization: 'a' } }, 'replaces', 'replaces'],
  ['backend.cloud.organization', 'a', 'b', 'replaces', 'replaces'],
  [
    'backend',
    { cloud: { organization: 'a' } },
    { cloud: { organization: 'a', hostname: 'tfe.example.com' } },
    'replaces',
    'replaces',
  ],
  ['backend', { s3: STATES }, { s3: { ...STATES, roleArn: `${ROLE}/a` } }, 'neutral', 'neutral'],
  ['backend', customBackend('gcs', 'a'), customBackend('gcs', 'b'), 'replaces', 'replaces'],
  ['backend', customBackend('gcs', 'a'), customBackend('cos', 'a'), 'replaces', 'replaces'],
  [
    'backend',
    { cloud: { organization: 'a' } },
    { cloud: { organization: 'a', workspacePrefix: 'b-' } },
    'replaces',
    'replaces',
  ],
  ...(['bucket', 'keyPrefix'] as const).map(
    (key): Case => [
      'backend',
      { s3: { bucket: 'a', region: 'eu-west-1' } },
      { s3: { bucket: 'a', region: 'eu-west-1', [key]: 'b' } },
      'replaces',
      'replaces',
    ],
  ),
  [
    'backend',
    { s3: { bucket: 'a', region: 'eu-west-1' } },
    { s3: { bucket: 'a', region: 'eu-west-2' } },
    'replaces',
    'replaces',
  ],
  [
    'backend',
    { s3: { bucket: 'a', region: 'eu-west-1' } },
    { s3: { bucket: 'a', region: 'eu-west-1', kmsKeyId: KEY } },
    'narrows',
    'widens',
  ],
  ['tags.x', undefined, 'b', 'neutral', 'neutral'],
];

/** Keys whose changes are gains and losses. */
const ROWS = ['grants[0].group', 'grants[0].role', 'grants[0].namespaces', 'roles.x.rules'];

/** Values for keys that another key of the same object requires. */
const REQUIRED: Readonly<Record<string, unknown>> = {
  'clusters.eks.account': { id: '111122223333' },
  'clusters.existing-eks.account': { id: '111122223333' },
  'clusters.eks.breakGlass': { roleArn: `${ROLE}/a`, expires: '2026-12-01', reason: 'a' },
  'clusters.existing-eks.breakGlass': { roleArn: `${ROLE}/a`, expires: '2026-12-01', reason: 'a' },
  'clusters.eks.alarms': {},
  'clusters.existing-eks.alarms': {},
  'identityProvider.prefix': { username: 'a:', groups: 'a:' },
  'namespaces.x.quota': { pods: '1' },
};

/** The model of the file with a value at a path; undefined is left out. */
function accessAt(path: string, value: unknown): Access {
  const required = Object.entries(REQUIRED).filter(([place]) => path.startsWith(`${place}.`));
  const file = [...required, [path, value] as const].reduce<unknown>(
    (changed, [place, at]) => changedAt(changed, segmentsOf(place), at),
    FILE,
  );
  return readAccess(file, DAY, []);
}

function segmentsOf(path: string): readonly string[] {
  return path.split(/[.[\]]+/).filter((segment) => segment !== '');
}

function changedAt(inside: unknown, [segment, ...rest]: readonly string[], value: unknown): unknown {
  if (segment === undefined) return value;
  const copy = (Array.isArray(inside) ? [...inside] : { ...(inside as object | undefined) }) as Record<string, unknown>;
  copy[segment] = changedAt(copy[segment], rest, value);
  if (copy[segment] === undefined) delete copy[segment];
  return copy;
}

/** The paths of a schema: records have a key x, unions of kinds their kinds; the items of other lists have no paths. */
function pathsOf(schema: z.core.$ZodType, path: readonly (string | number)[] = []): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).flatMap(([key, value]) => pathsOf(value, [...path, key]));
    case 'record':
      return pathsOf(def.valueType, [...path, 'x']);
    case 'optional':
    case 'default':
    case 'prefault':
    case 'readonly':
      return pathsOf(def.innerType, path);
    case 'pipe':
      return pathsOf(def.in, path);
    case 'array':
      return path.join() === 'grants' ? pathsOf(def.element, [...path, 0]) : [pathText(path)];
    case 'union': {
      const options = def.options.map((option) => ({ kind: kindOf(option), option }));
      if (options.every(({ kind }) => kind === undefined)) {
        const below = options.flatMap(({ option }) => pathsOf(option, path));
        // An object or a single value: the single value is told as a whole.
        return [...new Set(below.length === 0 ? [pathText(path)] : below)];
      }
      return options.flatMap(({ kind, option }) => pathsOf(option, [...path.slice(0, -1), kind as string]));
    }
    default:
      return [pathText(path)];
  }
}

function kindOf(schema: z.core.$ZodType): string | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const kind = def.type === 'object' ? def.shape.kind : undefined;
  return kind === undefined ? undefined : String((kind as z.ZodLiteral).value);
}

/** Where the values of a case differ. */
function differingPaths(path: string, old: unknown, now: unknown): readonly string[] {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(old) || !isObject(now)) return [path];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]))
    .flatMap((key) => differingPaths(`${path}.${key}`, old[key], now[key]));
}

const report = (diff: AccessDiff) => ({ before: 'a', after: 'b', diff, sensitive: [], opened: [] });

describe('the effects of a file', () => {
  test('are tested for every key of the schema', () => {
    const tested = new Set([...ROWS, ...CASES.flatMap(([path, old, now]) => differingPaths(path, old, now))]);
    const keys = new Set(
      pathsOf(accessSchema).map((path) =>
        path.replace('accept.x', 'accept.bind').replace('groups.x.rule', 'groups.y.rule'),
      ),
    );
    // Cluster defaults are merged, a kind and a role that exists have their own tests, a text for both prefixes is both
    // prefixes, the arguments of a backend are told together, and `existing` of a claim is always true.
    const apart =
      /^clusterDefaults|[.]kind$|identityProvider[.]prefix$|^roles[.]x[.]existing$|^backend[.]custom[.]config[.]|^claims[.]x[.]existing$/;

    expect(keys.size).toBeGreaterThan(100);
    expect([...keys].filter((path) => !apart.test(path) && !tested.has(path))).toEqual([]);
  });

  test.each(CASES)('of %s from %j to %j: %s, and %s back', (path, old, now, there, back) => {
    const [before, after] = [accessAt(path, old), accessAt(path, now)];

    for (const [from, to, effect] of [
      [before, after, there],
      [after, before, back],
    ] as const) {
      const diff = accessDiff(from, to);
      const told = diff.changes.filter((change) => change.path.startsWith(path));

      expect(told.map((change) => change.effect)).toEqual([effect]);
      expect(diff.changes).toEqual(told);
      expect(diff.changes.some(isGrave)).toBe(['widens', 'moves', 'replaces'].includes(effect));
      expect(told[0]?.what).toMatch(/^[A-Z].*[^.]$/);
      const text = diffText(report(diff));
      expect(text).toContain(`\n${effect.replace(/^./, (first) => first.toUpperCase())}: `);
      expect(text).toContain(`. ${told[0]?.what}\n`);
      expect(JSON.parse(diffJson(diff)).changes).toEqual([
        { path: told[0]?.path, what: told[0]?.what, effect, old: told[0]?.old, new: told[0]?.new },
      ]);
      // Only texts change nobody's access.
      const isText = /description|reason|tags|accept/.test(path);
      expect(text.includes('Nobody gains or loses anything.')).toBe(isText && diff.gains.length === 0);
    }
  });

  test.each([
    ['grants[0].group', 'x', 'y'],
    ['grants[0].role', 'x', 'view'],
    ['grants[0].namespaces', ['x'], ['y']],
    [
      'roles.x.rules',
      [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
    ],
  ])('of %s are gains and losses', (path, old, now) => {
    const diff = accessDiff(accessAt(path, old), accessAt(path, now));

    expect(diff.gains.length).toBeGreaterThan(0);
    expect(diff.losses.length).toBeGreaterThan(0);
    expect(diff.changes).toEqual([]);
  });
});

test('a key of the schema without an entry does not compile', () => {
  // @ts-expect-error: startsWith has no entry.
  const keys: ObjectEffects<ParsedFile['groupsClaim']>['keys'] = { name: always(neutral('A')) };
  const nested: ObjectEffects<Pick<ParsedFile['identityProvider'], 'prefix'>>['keys'] = {
    // @ts-expect-error: prefix.groups has no entry.
    prefix: { keys: { username: always(neutral('A')) } },
  };

  expect([keys, nested]).toHaveLength(2);
});
