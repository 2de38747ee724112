import { grantedPermissions } from '../../../model/derived/sensitive-grants';
import { accessMatrix } from '../../../model/review/matrix';
import { accessWith } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const FILE = {
  groups: { 'eks-b': {}, 'eks-a': {}, 'eks-admins': {}, 'eks-none': {} },
  roles: {
    node: { rules: [{ apiGroups: [''], resources: ['nodes', 'secrets'], verbs: ['get', 'patch'] }] },
  },
  clusters: { test: EKS, prod: EKS },
  grants: [
    { group: 'eks-b', role: 'view', clusters: ['test'] },
    { group: 'eks-a', role: 'view', clusters: ['prod'], namespaces: ['b', 'a'] },
    { group: 'eks-a', role: 'node', clusters: ['prod'], namespaces: ['a'] },
    { group: 'eks-a', role: 'node', clusters: ['prod'] },
    { group: 'eks-a', role: 'developer-restricted', clusters: ['prod'], namespaces: ['b'] },
    { group: 'eks-admins', role: 'secret-reader', clusters: '*' },
    { group: 'eks-admins', role: 'cluster-admin', clusters: ['prod'] },
    { group: 'eks-admins', role: 'cluster-admin', clusters: ['test'] },
    { group: 'eks-b', role: 'edit', clusters: '*', expires: '2026-06-14' },
  ],
};

describe('accessMatrix', () => {
  test('is sorted by group, cluster, namespace and role, without what has expired', () => {
    const rows = accessMatrix(accessWith(FILE));

    expect(rows.map(({ group, cluster, namespace, role }) => [group, cluster, namespace, role])).toEqual([
      ['eks-a', 'prod', null, 'node'],
      ['eks-a', 'prod', 'a', 'node'],
      ['eks-a', 'prod', 'a', 'view'],
      ['eks-a', 'prod', 'b', 'developer-restricted'],
      ['eks-a', 'prod', 'b', 'view'],
      ['eks-admins', 'prod', null, 'cluster-admin'],
      ['eks-admins', 'prod', null, 'secret-reader'],
      ['eks-admins', 'test', null, 'cluster-admin'],
      ['eks-admins', 'test', null, 'secret-reader'],
      ['eks-b', 'test', null, 'view'],
    ]);
  });

  test('names what is sensitive in each place', () => {
    const rows = accessMatrix(accessWith(FILE));

    expect(rows.filter(({ group }) => group === 'eks-a').map(({ sensitive }) => sensitive)).toEqual([
      ['read-secrets', 'write-secrets', 'write-nodes'],
      ['read-secrets'],
      [],
      [],
      [],
    ]);
  });

  test('has one row for two grants of a role in one place', () => {
    const access = accessWith();

    expect(accessMatrix({ ...access, grants: [...access.grants, ...access.grants] })).toHaveLength(1);
  });

  test('has no row where no grant is in force', () => {
    expect(accessMatrix({ ...accessWith(), grants: [] })).toEqual([]);
  });
});

describe('grantedPermissions', () => {
  const access = accessWith(FILE);
  const [view, , inNamespace, onCluster, , reader] = access.grants.map(grantedPermissions(access));

  test('are those of the role where the grant is', () => {
    expect([view, inNamespace, onCluster]).toEqual([
      [],
      ['read-secrets'],
      ['read-secrets', 'write-secrets', 'write-nodes'],
    ]);
  });

  test('are those of each of its namespaces', () => {
    const [, inKubeSystem] = accessWith({
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-admins', role: 'developer-restricted', clusters: '*', namespaces: ['a', 'kube-system'] },
      ],
    }).grants.map(grantedPermissions(accessWith()));

    expect(inKubeSystem).toEqual(['run-workloads']);
  });

  test('are named once for several clusters', () => {
    expect(reader).toEqual(['read-secrets']);
  });

  test('are none of a grant that reaches no cluster', () => {
    const [grant] = accessWith().grants;

    expect(grant && grantedPermissions(access)({ ...grant, clusters: [] })).toEqual([]);
  });
});
