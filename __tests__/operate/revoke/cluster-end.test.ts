import { becomesOf } from '../../../model/review/becomes';
import { clusterEnds } from '../../../operate/revoke/cluster-end';
import { accessWith } from '../../access-files';

const SELF_MANAGED = { kind: 'self-managed', kubeconfigContext: 'lab' };

function endsOf(changes: Record<string, unknown>, groups: readonly (readonly [string, boolean])[]) {
  const access = accessWith(changes);
  const props = { login: 'ana@example.com', live: undefined, groups: new Map(groups), becomes: becomesOf(access) };
  return clusterEnds(access, props);
}

/** What a role leaves on an EKS cluster. */
function ends(role: string | object, clusters: object = { prod: { kind: 'eks', region: 'eu-west-1' } }) {
  const roles = typeof role === 'string' ? {} : { mine: role };
  const grants = [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-devs', role: typeof role === 'string' ? role : 'mine', clusters: '*' },
  ];
  return endsOf({ groups: { 'eks-admins': {}, 'eks-devs': {} }, roles, clusters, grants }, [['eks-devs', true]]);
}

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
    ['impersonate others', 'change admission policies', 'read Secrets'],
  ],
  [
    'a role for one object',
    { rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['a'], verbs: ['get'] }] },
    [],
    ['read Secrets'],
  ],
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

  expect(ends('cluster-admin', { lab: SELF_MANAGED })[0]?.stays).toEqual(certificates);
  expect(ends('cluster-admin')[0]?.stays).not.toEqual(certificates);
});
