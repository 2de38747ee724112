import { permissionsByGrant, placementsOf } from '../../../model/derived/placements';
import { accessWith, clusterOf } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const FILE = {
  groups: { 'eks-admins': {}, 'eks-a': {} },
  roles: { node: { rules: [{ apiGroups: [''], resources: ['nodes', 'secrets'], verbs: ['get', 'patch'] }] } },
  clusters: { c: EKS, a: EKS, b: EKS },
};

const EKS_SETTINGS = clusterOf(accessWith(), 'prod').settings;

/** The places of the grants after that of the administrators. */
function placesOf(...grants: readonly Record<string, unknown>[]) {
  const access = accessWith({ ...FILE, grants: [ADMINS, ...grants] });
  return access.placements
    .filter(({ group }) => group === 'eks-a')
    .map(({ cluster, namespace, role, grant }) => [cluster, namespace, role, grant.path]);
}

describe('the placements', () => {
  test("are on all clusters of the file for '*', sorted", () => {
    expect(placesOf({ group: 'eks-a', role: 'view', clusters: '*' })).toEqual([
      ['a', null, 'view', 'grants[1]'],
      ['b', null, 'view', 'grants[1]'],
      ['c', null, 'view', 'grants[1]'],
    ]);
  });

  test('are by grant, then by cluster, then by namespace as the grant lists them', () => {
    expect(
      placesOf(
        { group: 'eks-a', role: 'view', clusters: ['c', 'a'], namespaces: ['y', 'x'] },
        { group: 'eks-a', role: 'edit', clusters: ['b'] },
      ),
    ).toEqual([
      ['a', 'y', 'view', 'grants[1]'],
      ['a', 'x', 'view', 'grants[1]'],
      ['c', 'y', 'view', 'grants[1]'],
      ['c', 'x', 'view', 'grants[1]'],
      ['b', null, 'edit', 'grants[2]'],
    ]);
  });

  test('leave out an expired grant, and do not change a grant', () => {
    const keys = Object.freeze(['c', 'a']);

    expect(
      placesOf(
        { group: 'eks-a', role: 'view', clusters: '*', expires: '2026-06-14' },
        { group: 'eks-a', role: 'view', clusters: keys },
      ),
    ).toHaveLength(2);
    expect(keys).toEqual(['c', 'a']);
  });

  test.each(['d', 'toString', 'constructor', '__proto__'])('leave out %s, which the file does not have', (key) => {
    const access = accessWith(FILE);
    const file = { roles: access.roles, clusters: { a: EKS_SETTINGS } };
    const grant = { path: 'grants[0]', group: 'eks-a', role: 'view', clusters: ['a', key], accept: {} };

    expect(placementsOf(file, [grant]).map(({ cluster }) => cluster)).toEqual(['a']);
  });

  test('are two if a grant lists a cluster twice, which the check duplicate-grant reports', () => {
    const file = { roles: {}, clusters: { a: EKS_SETTINGS } };
    const grant = { path: 'grants[0]', group: 'eks-a', role: 'view', clusters: ['a', 'a'], accept: {} };

    expect(placementsOf(file, [grant])).toHaveLength(2);
  });

  test('have the rules and the sensitive permissions of the role in that place', () => {
    const { placements, roles } = accessWith({
      ...FILE,
      grants: [
        ADMINS,
        { group: 'eks-a', role: 'node', clusters: ['a'], namespaces: ['x'] },
        { group: 'eks-a', role: 'node', clusters: ['a'] },
      ],
    });

    expect(
      placements.filter(({ role }) => role === 'node').map(({ rules, sensitive }) => ({ rules, sensitive })),
    ).toEqual([
      { rules: roles.node?.rules, sensitive: ['read-secrets'] },
      { rules: roles.node?.rules, sensitive: ['read-secrets', 'write-secrets', 'write-nodes'] },
    ]);
  });

  test('have the rules of the Kubernetes version of the cluster', () => {
    const { placements } = accessWith({
      clusters: { old: { ...EKS, version: '1.33' }, young: { ...EKS, version: '1.34' } },
      grants: [ADMINS, { group: 'eks-admins', role: 'view', clusters: '*' }],
    });

    const readsClaims = placements
      .filter(({ role }) => role === 'view')
      .map(({ rules }) => rules.some(({ apiGroups = [] }) => apiGroups.includes('resource.k8s.io')));
    expect(readsClaims).toEqual([false, true]);
  });
});

describe('permissionsByGrant', () => {
  function permissions(...grants: readonly Record<string, unknown>[]) {
    const access = accessWith({ ...FILE, grants: [ADMINS, ...grants] });
    const byGrant = permissionsByGrant(access);
    return access.grants.slice(1).map((grant) => byGrant.get(grant));
  }

  test('are those of the role in the places of the grant', () => {
    expect(
      permissions(
        { group: 'eks-a', role: 'view', clusters: ['a'] },
        { group: 'eks-a', role: 'node', clusters: ['a'], namespaces: ['x'] },
        { group: 'eks-a', role: 'node', clusters: ['b'] },
      ),
    ).toEqual([[], ['read-secrets'], ['read-secrets', 'write-secrets', 'write-nodes']]);
  });

  test('are those of each of its namespaces', () => {
    const grant = { group: 'eks-a', role: 'developer-restricted', clusters: '*', namespaces: ['x', 'kube-system'] };

    expect(permissions(grant)).toEqual([['run-workloads']]);
  });

  test('are listed once for several clusters', () => {
    expect(permissions({ group: 'eks-a', role: 'secret-reader', clusters: '*' })).toEqual([['read-secrets']]);
  });
});
