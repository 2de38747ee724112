import { grantSummaries, placementsOf } from '../../../model/derived/placements';
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

describe('the accepted names of a placement', () => {
  const NODES = { rules: [{ apiGroups: [''], resources: ['nodes', 'secrets'], verbs: ['get'] }] };
  const ofRole = { 'write-nodes': 'by role', wildcards: { reason: 'until then', expires: '2026-06-15' } };

  function accepted(day: string, ...grants: readonly Record<string, unknown>[]) {
    const roles = { node: { ...NODES, accept: ofRole } };
    return accessWith({ ...FILE, roles, grants: [ADMINS, ...grants] }, day).placements.flatMap((placement) =>
      placement.group === 'eks-a' ? [placement.accepted] : [],
    );
  }

  const GRANT = { group: 'eks-a', role: 'node', clusters: ['a'] };

  test('are those of the role and those of the grant, whose reason wins, without what has expired', () => {
    const accept = { 'write-nodes': 'by grant', 'becomes-node': { reason: 'known', expires: '2026-06-15' } };

    expect(accepted('2026-06-15', GRANT, { ...GRANT, namespaces: ['x'], accept })).toEqual([
      { 'write-nodes': 'by role', wildcards: 'until then' },
      { 'write-nodes': 'by grant', wildcards: 'until then', 'becomes-node': 'known' },
    ]);
    expect(accepted('2026-06-16', { ...GRANT, accept })).toEqual([{ 'write-nodes': 'by grant' }]);
  });

  test('are those of the role again after the acceptance of the grant has ended', () => {
    const accept = { 'write-nodes': { reason: 'by grant', expires: '2026-06-15' } };

    expect(accepted('2026-06-16', { ...GRANT, accept })).toEqual([{ 'write-nodes': 'by role' }]);
  });

  test('are none for a role that is not in the file and a grant without accept', () => {
    expect(accepted('2026-06-15', { ...GRANT, role: 'view' })).toEqual([{}]);
  });

  test('are one frozen object for all placements with equal ones', () => {
    const accept = { bind: 'x', escalate: 'y' };
    const all = accepted(
      '2026-06-15',
      { ...GRANT, clusters: '*', accept },
      { ...GRANT, role: 'node', namespaces: ['x'], accept: { escalate: 'y', bind: 'x' } },
    );

    expect(all).toHaveLength(4);
    expect(new Set(all).size).toBe(1);
    expect(all.every(Object.isFrozen)).toBe(true);
  });
});

describe('grantSummaries', () => {
  function permissions(...grants: readonly Record<string, unknown>[]) {
    const access = accessWith({ ...FILE, grants: [ADMINS, ...grants] });
    return grantSummaries(access)
      .slice(1)
      .map((summary) => summary.permissions);
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
