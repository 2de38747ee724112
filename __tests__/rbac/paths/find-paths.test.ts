import { type Chain, findPaths, type Terrain } from '../../../rbac/paths/find-paths';
import type { PlacedRules, Refuses } from '../../../rbac/paths/permission';
import { EKS, PATH_CASES, placed, rule } from './cases';

function paths(
  given: readonly PlacedRules[],
  terrain: Partial<Terrain> = {},
  refuses: Refuses = () => false,
): readonly Chain[] {
  return findPaths({ placed: given, refuses }, { ...EKS, ...terrain });
}

/** What is certain to be reached. */
function certain(given: readonly PlacedRules[], terrain: Partial<Terrain> = {}, refuses?: Refuses): readonly string[] {
  return paths(given, terrain, refuses)
    .filter((path) => path.certain)
    .map(({ to }) => to);
}

test.each(PATH_CASES)('$to: $name', ({ placed, terrain, to, isCertain }) => {
  expect(certain(placed, terrain).includes(to)).toBe(isCertain);
});

describe('guards', () => {
  const guarded: Refuses = ({ verb, namespace }) =>
    namespace === 'kube-system' && ['create', 'update', 'patch', 'delete'].includes(verb);

  test('close a step that they refuse', () => {
    const workloads = [placed(null, rule('apps', 'deployments', 'create'))];

    expect(certain(workloads)).toContain('cluster-admin');
    expect(certain(workloads, {}, guarded)).not.toContain('cluster-admin');
    expect(certain(workloads, {}, guarded)).toContain('service accounts of other namespaces');
  });

  test('close no impersonation', () => {
    expect(certain([placed(null, rule('', 'serviceaccounts', 'impersonate'))], {}, guarded)).toContain('cluster-admin');
  });

  test('can be removed by whoever writes admission policies', () => {
    const given = [
      placed(null, rule('apps', 'deployments', 'create')),
      placed(null, rule('admissionregistration.k8s.io', 'validatingadmissionpolicybindings', 'delete')),
    ];

    const [path] = paths(given, {}, guarded).filter(({ to }) => to === 'cluster-admin');

    expect(path).toMatchObject({ certain: true });
    expect(path?.steps.map(({ does }) => does)).toEqual([
      'removes the admission policies that are the guards',
      'runs a pod as a service account of kube-system',
      'adds every permission to a ClusterRole that one has',
    ]);
  });
});

test('a chain is as short as it can be, and a certain one goes before a shorter one that is not', () => {
  const [path] = paths([placed(null, rule('apps', 'deployments', 'create'))]).filter(
    ({ to }) => to === 'cluster-admin',
  );

  expect(path).toEqual({
    to: 'cluster-admin',
    target: { kind: 'cluster-admin' },
    certain: true,
    steps: [
      {
        permission: 'create deployments in kube-system',
        does: 'runs a pod as a service account of kube-system',
        gives: 'service accounts of kube-system',
        certain: true,
      },
      {
        permission: 'update clusterroles and escalate clusterroles on the whole cluster',
        does: 'adds every permission to a ClusterRole that one has',
        gives: 'cluster-admin',
        certain: true,
      },
    ],
    passes: [{ kind: 'service-accounts', namespace: 'kube-system', names: undefined }],
    roles: [expect.objectContaining({ role: 'role' })],
    isByRole: false,
  });
});

test('what service accounts hold is not certain until it is declared', () => {
  const given = [placed('team-a', rule('', 'pods', 'create'))];
  const holding = (holds: NonNullable<Terrain['namespaces'] extends ReadonlyMap<string, infer N> ? N : never>) =>
    paths(given, { namespaces: new Map([['team-a', holds]]) }).map(({ to, certain }) => ({ to, certain }));
  const podSecurity = 'restricted' as const;

  expect(holding({ podSecurity })).toContainEqual({ to: 'cluster-admin', certain: false });
  expect(holding({ podSecurity, holds: [] }).map(({ to }) => to)).not.toContain('cluster-admin');
  expect(holding({ podSecurity, holds: [{ awsRole: 'arn:aws:iam::111122223333:role/ship' }] })).toContainEqual({
    to: 'aws-role arn:aws:iam::111122223333:role/ship',
    certain: true,
  });
});

test('the name of a service account is no user: impersonating it needs the permission for service accounts', () => {
  const account = 'system:serviceaccount:kube-system:clusterrole-aggregation-controller';

  expect(paths([placed(null, rule('', 'users', 'impersonate', account))])).toEqual([]);
});

test('a name that no service account can have is none', () => {
  const named = (name: string) => paths([placed(null, rule('', '*', 'impersonate', name))]).map(({ to }) => to);

  expect(named('okta:eks-ops').filter((to) => to.startsWith('service account'))).toEqual([]);
  expect(named('web.v1')).toContain('service account web.v1 of kube-system');
});

test.each(['*/*', 'pods/*'])('%s in a rule is no resource', (resource) => {
  expect(paths([placed(null, rule('*', resource, '*'))])).toEqual([]);
});

test('who impersonates somebody of several groups has the roles of all of them', () => {
  const given = [placed(null, rule('', 'groups', 'impersonate', 'a', 'b'), rule('', 'users', 'impersonate', 'jane'))];
  const groups = new Map([
    ['a', [placed(null, rule('', 'secrets', 'create'))]],
    ['b', [placed(null, rule('', 'secrets', 'get'))]],
  ]);

  expect(certain(given, { groups })).toEqual(expect.arrayContaining(['group a and b', 'cluster-admin']));
});

test('a step says where the file does not tell what runs', () => {
  const given = [placed(null, rule('', 'serviceaccounts/token', 'create', 'web'))];
  const unknown = (terrain: Partial<Terrain>) =>
    paths(given, terrain).find(({ to }) => to === 'cluster-admin')?.steps[1]?.permission;

  expect(unknown({})).toBe('the file does not say what runs there, in namespaces.kube-system.holds');
  expect(unknown({ namespaces: new Map([['kube-system', { holds: [] }]]) })).toBe(
    'the file does not say what runs in other namespaces',
  );
});
