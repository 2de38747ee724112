import fc from 'fast-check';
import { ruleFindings } from '../../constraints/kubernetes/role-rules';
import type { PolicyRule } from '../../rbac/policy-rule';

/** An access file as JSON. */
export type AnyFile = Record<string, unknown> & {
  groups: Record<string, Record<string, unknown>>;
  clusters: Record<string, Record<string, unknown>>;
  roles: Record<string, { scope?: string; rules: unknown[] }>;
  grants: Record<string, unknown>[];
};

const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/);
// Names of groups as people write them, after the filter's start: blanks, letters of every script, quotes.
const groupName = fc
  .string({ unit: fc.constantFrom(...'abzAZ09 -_./"\'&<>|éß語:@'), minLength: 1, maxLength: 12 })
  .filter((name) => name.trim() === name && !name.includes('--') && !name.includes('/'))
  .map((name) => `eks-${name}`);
const namespaceName = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const login = fc.stringMatching(/^[a-z]{3,8}$/).map((name) => `${name}@example.com`);
const roleArn = fc.stringMatching(/^[a-z]{4,8}$/).map((name) => `arn:aws:iam::111122223333:role/${name}`);
const day = fc.constantFrom('2026-06-14', '2026-06-15', '2026-12-31', '2029-01-01');
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const distinct = <Value>(value: fc.Arbitrary<Value>, minLength: number, maxLength: number) =>
  fc.uniqueArray(value, { minLength, maxLength });

const group = fc.oneof(
  fc.record({ logins: distinct(login, 0, 3) }),
  fc.record({ rule: fc.constantFrom('user.department == "Platform"', 'isMemberOfAnyGroup("00g1")') }),
  fc.record({
    existing: fc.oneof(fc.boolean(), fc.constantFrom({ id: '00g1abcdefghijklmnop' }, { type: 'OKTA_GROUP' })),
  }),
);

const rule = fc
  .oneof(
    fc.record({
      apiGroups: distinct(fc.constantFrom('', 'apps', 'batch', '*'), 1, 3),
      resources: distinct(fc.constantFrom('pods', 'pods/log', 'secrets', 'deployments', '*', '*/scale'), 1, 3),
      verbs: distinct(fc.constantFrom('get', 'list', 'create', 'delete', '*'), 1, 3),
    }),
    fc.record({
      apiGroups: fc.constant(['']),
      resources: fc.constant(['configmaps']),
      verbs: fc.constant(['get', 'update']),
      resourceNames: distinct(key, 1, 2),
    }),
  )
  .filter((random) => ruleFindings([random as PolicyRule], 'cluster').every(({ severity }) => severity === 'warning'));
const accept = fc.constantFrom(
  { 'read-secrets': 'x', 'becomes-node': 'x' },
  { 'pod-exec': { reason: 'x', expires: '2026-06-14' }, bind: { reason: 'x', expires: '2026-12-31' } },
);
const rules = fc.array(rule, { minLength: 1, maxLength: 3 });
const role = fc.oneof(
  fc.record({ scope: fc.constantFrom('cluster', 'namespace'), rules, accept: optional(accept) }),
  fc.record({ rules, aggregateTo: distinct(fc.constantFrom('view', 'edit', 'admin'), 0, 2) }),
  fc.record({ existing: fc.constant(true), accept: optional(fc.constant({ 'unknown-rules': 'x' })) }),
);

const endpoint = fc.constantFrom(
  { private: true },
  { publicCidrs: ['203.0.113.0/24', '198.51.100.7/32'] },
  { private: true, publicCidrs: ['198.51.100.0/24'] },
);
const breakGlass = fc.record({
  roleArn: fc.constant('arn:aws:iam::111122223333:role/on-call'),
  expires: day,
  reason: fc.constant('Okta is down'),
});
const common = {
  namespaces: distinct(namespaceName, 0, 2),
  tags: fc.constantFrom({}, { env: 'x' }),
  identityProvider: optional(fc.constantFrom({}, { prefix: 'old:' }, { usernameClaim: 'sub', name: 'Old' })),
};
const eksCommon = {
  ...common,
  region: fc.constantFrom('eu-west-1', 'cn-north-1'),
  deployers: distinct(roleArn, 0, 2),
  breakGlass: optional(breakGlass),
  alarms: optional(fc.constant({})),
};
const cluster = fc
  .oneof(
    fc.record({
      ...eksCommon,
      kind: fc.constant('eks'),
      version: optional(fc.constantFrom('1.33', '1.35')),
      endpoint: optional(endpoint),
      network: fc.constantFrom('default-vpc', { subnetIds: ['subnet-0b', 'subnet-0a'], securityGroupIds: ['sg-01'] }),
      authenticationMode: optional(fc.constantFrom('API', 'API_AND_CONFIG_MAP')),
      supportType: optional(fc.constantFrom('STANDARD', 'EXTENDED')),
      deletionProtection: fc.boolean(),
    }),
    fc.record({ ...eksCommon, kind: fc.constant('existing-eks') }),
    fc.record({ ...common, kind: fc.constant('self-managed'), kubeconfigContext: key }),
  )
  .map((settings) => {
    // Every ARN is in the partition of the region.
    const isInChina = 'region' in settings && settings.region.startsWith('cn-');
    return isInChina ? JSON.parse(JSON.stringify(settings).replaceAll('arn:aws:', 'arn:aws-cn:')) : settings;
  });

const namespace = fc.record({
  create: fc.boolean(),
  holds: optional(fc.constantFrom([], ['node', { awsRole: 'arn:aws:iam::111122223333:role/x', reason: 'x' }])),
  podSecurity: optional(fc.constantFrom('privileged', 'baseline', 'restricted')),
  denyIngress: fc.boolean(),
  allowIngressFrom: distinct(
    namespaceName.map((name) => ({ namespace: name, podLabels: { app: 'Proxy' }, port: 8080 })),
    0,
    1,
  ),
  quota: optional(fc.constantFrom({ pods: 10 }, { 'requests.cpu': '4000m', pods: '7' })),
});

const signIn = fc.record({
  assignment: fc.constantFrom('granted', 'everyone'),
  refresh: optional(fc.constantFrom({}, { lifetime: '7d', idle: '2h', rotation: false })),
  deviceCode: fc.boolean(),
  authenticationPolicy: optional(fc.constantFrom({ id: 'rst1' }, { requireMfa: true, networkZones: ['VPN'] })),
});

const shuffled = <Value>(values: readonly Value[]) => fc.shuffledSubarray([...values], { minLength: 1 });

/** Whether a role of a random file can be granted on whole clusters. */
const isClusterRole = (role: object | undefined) =>
  role !== undefined && !('scope' in role && role.scope === 'namespace');

/** Random valid access files: groups, clusters of every kind, roles, namespaces, guards, and grants over all of them. */
export const validFile: fc.Arbitrary<AnyFile> = fc
  .record({
    okta: fc.constant({ orgName: 'example' }),
    groups: fc.dictionary(groupName, group, { minKeys: 1, maxKeys: 5, noNullPrototype: true }),
    clusters: fc.dictionary(key, cluster, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
    roles: fc.dictionary(
      key.map((name) => `own-${name}`),
      role,
      { maxKeys: 3, noNullPrototype: true },
    ),
    namespaces: fc.dictionary(
      namespaceName.map((name) => `n${name}`),
      namespace,
      { minKeys: 1, maxKeys: 3, noNullPrototype: true },
    ),
    identityProvider: fc.constantFrom(
      {},
      { prefix: 'corp:' },
      { prefix: { username: '', groups: 'o:' } },
      { requiredClaims: { tenant: 'a' } },
    ),
    // The identity provider may require it.
    claims: fc.constantFrom({ tenant: '"a"' }, { tenant: { existing: true }, uid: 'user.login' }),
    groupsClaim: fc.constantFrom(
      {},
      { name: 'roles-of-okta', startsWith: 'EKS-' },
      { startsWith: ['eks-', 'other-'] },
      { expression: 'Groups.startsWith("OKTA", "eks-", 100)' },
    ),
    signIn,
    clusterDefaults: fc.constantFrom({}, { tags: { team: 'a' }, logRetentionDays: 30 }),
    backend: fc.constantFrom(
      'local',
      { s3: { bucket: 'states', region: 'eu-west-1' } },
      { cloud: { organization: 'example' } },
      { custom: { type: 'gcs', config: { bucket: 'b', prefix: 'eks/{stack}' } } },
    ),
  })
  .chain((file) => {
    const groups = shuffled(Object.keys(file.groups));
    const clusters = Object.keys(file.clusters);
    const namespaces = shuffled(Object.keys(file.namespaces));
    const roles = ['admin', 'edit', 'view', 'developer-restricted', 'platform-engineer', 'secret-reader', 'pod-exec'];
    const anywhere = [...roles, ...Object.keys(file.roles).filter((name) => isClusterRole(file.roles[name]))];
    const somewhere = [...anywhere, 'namespace-admin', 'restricted-user', ...Object.keys(file.roles)];
    const place = {
      group: groups.map(([name]) => name as string),
      clusters: fc.oneof(fc.constant('*'), shuffled(clusters)),
    };
    const grant = fc.oneof(
      fc.record({ ...place, role: fc.constantFrom(...anywhere), expires: optional(day) }),
      fc.record({
        ...place,
        role: fc.constantFrom(...somewhere),
        namespaces,
        expires: optional(day),
        accept: optional(accept),
      }),
    );
    const guards = fc.record({
      secretDeletion: optional(groups),
      runAsRoot: optional(fc.constant([])),
      systemNamespaces: optional(groups),
      namespaces: fc.dictionary(fc.constantFrom(...Object.keys(file.namespaces)), groups, {
        maxKeys: 1,
        noNullPrototype: true,
      }),
    });
    return fc.record({ grants: fc.array(grant, { maxLength: 6 }), guards }).map(({ grants, guards: chosen }) => ({
      ...file,
      guards: chosen,
      grants: withoutRepeats(
        [{ group: Object.keys(file.groups)[0] as string, role: 'cluster-admin', clusters: '*' }, ...grants],
        clusters,
      ),
    }));
  })
  // JSON has no undefined.
  .map((file) => JSON.parse(JSON.stringify(file)) as AnyFile);

/** Grants without those that give again what an earlier one gives, which the file must not have. */
function withoutRepeats(grants: readonly Record<string, unknown>[], all: readonly string[]): Record<string, unknown>[] {
  const given = new Set<string>();
  return grants.filter(({ group, role, clusters, namespaces = [null], expires }) => {
    const places = (clusters === '*' ? all : (clusters as string[])).flatMap((cluster) =>
      (namespaces as unknown[]).map((namespace) => JSON.stringify([group, role, cluster, namespace])),
    );
    // What has expired is not there to be repeated.
    if (expires !== '2026-06-14' && places.some((place) => given.has(place))) return false;
    if (expires !== '2026-06-14') for (const place of places) given.add(place);
    return true;
  });
}
