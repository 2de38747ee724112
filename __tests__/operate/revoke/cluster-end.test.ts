import { becomesOf } from '../../../model/review/becomes';
import { clusterEnds } from '../../../operate/revoke/cluster-end';
import { accessWith } from '../../access-files';

const SELF_MANAGED = { kind: 'self-managed', kubeconfigContext: 'lab' };

function endsOf(changes: Record<string, unknown>, groups: readonly (readonly [string, boolean])[]) {
  const access = accessWith(changes);
  const props = { login: 'ana@example.com', live: undefined, groups: new Map(groups), becomes: becomesOf(access) };
  return clusterEnds(access, props);
}

/** What a role leaves on an EKS cluster, or on another one. */
function ends(
  role: string | object,
  {
    clusters = { prod: { kind: 'eks', region: 'eu-west-1', version: '1.36' } },
    namespaces,
  }: { clusters?: object; namespaces?: string[] } = {},
) {
  const roles = typeof role === 'string' ? {} : { mine: role };
  const name = typeof role === 'string' ? role : 'mine';
  const grants = [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-devs', role: name, clusters: '*', ...(namespaces && { namespaces }) },
  ];
  return endsOf({ groups: { 'eks-admins': {}, 'eks-devs': {} }, roles, clusters, grants }, [['eks-devs', true]]);
}

const MODES = {
  rules: [{ apiGroups: ['authentication.k8s.io'], resources: ['users'], verbs: ['impersonate:user-info'] }],
};

test('are of clusters on which a group has a role', () => {
  const clusters = { prod: { kind: 'eks', region: 'eu-west-1' }, lab: SELF_MANAGED };
  const grants = [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-devs', role: 'view', clusters: ['lab'], namespaces: ['a'] },
  ];

  const found = endsOf({ groups: { 'eks-admins': {}, 'eks-devs': {} }, clusters, grants }, [['eks-devs', false]]);

  expect(found.map(({ cluster, kind, roles }) => ({ cluster, kind, roles }))).toEqual([
    {
      ...{ cluster: 'lab', kind: 'self-managed' },
      roles: [{ group: 'eks-devs', role: 'view', namespace: 'a', isCertain: false }],
    },
  ]);
});

test.each<[string, string | object, readonly string[], readonly string[]]>([
  ['a reader', 'view', ['open watches'], []],
  [
    'an editor',
    'edit',
    ['open watches', 'open connections', 'tokens of', 'Secrets with', 'CronJobs', 'workloads', 'pods'],
    ['impersonate others', 'read Secrets'],
  ],
  [
    'an administrator',
    'cluster-admin',
    ['open watches', 'open connections', 'tokens of', 'Secrets with', 'bindings', 'CronJobs', 'workloads', 'pods'],
    ['impersonate others', 'change admission policies', 'read Secrets', 'run commands in pods through kubelets'],
  ],
  [
    'a role for one object',
    { rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['a'], verbs: ['get'] }] },
    [],
    ['read Secrets'],
  ],
  ['a role that impersonates by a mode', MODES, [], ['impersonate others']],
  [
    'a role that somebody else makes',
    { existing: true },
    ['whatever the role mine allows'],
    ['whatever the role mine'],
  ],
])('say what %s leaves, and what a guard does not hold', (_, role, stays, passes) => {
  const [end] = ends(role);

  expect(end?.stays).toEqual(stays.map((start) => expect.stringMatching(`^${start}`)));
  expect(end?.passesGuardBy).toEqual(passes.map((start) => expect.stringMatching(`^${start}`)));
});

test('have client certificates outside EKS only', () => {
  const certificates = expect.arrayContaining([expect.stringMatching(/^client certificates/)]);

  expect(ends('cluster-admin', { clusters: { lab: SELF_MANAGED } })[0]?.stays).toEqual(certificates);
  expect(ends('cluster-admin')[0]?.stays).not.toEqual(certificates);
});

test('do not count what a role allows on the whole cluster only, if it is bound in a namespace', () => {
  const [end] = ends('admin', { clusters: { lab: SELF_MANAGED }, namespaces: ['a'] });
  const everything = { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] };
  const [all] = ends(everything, { clusters: { lab: SELF_MANAGED }, namespaces: ['a'] });

  expect(end?.passesGuardBy).toEqual(['impersonate others', 'read Secrets, with the tokens in them']);
  expect(all?.passesGuardBy).toEqual(['impersonate others', 'read Secrets, with the tokens in them']);
  expect(all?.stays).not.toContain('client certificates, which nothing revokes');
});

test('know modes of impersonation from Kubernetes 1.36', () => {
  const older = { prod: { kind: 'eks', region: 'eu-west-1', version: '1.35' } };

  expect(ends(MODES, { clusters: older })[0]?.passesGuardBy).toEqual([]);
  expect(ends(MODES)[0]?.passesGuardBy).toEqual(['impersonate others']);
});
