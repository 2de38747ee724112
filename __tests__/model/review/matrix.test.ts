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
  test('is sorted by group, cluster, namespace, and role, without expired grants', () => {
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

  test('lists the sensitive permissions in each place', () => {
    const rows = accessMatrix(accessWith(FILE));

    expect(rows.filter(({ group }) => group === 'eks-a').map(({ sensitive }) => sensitive)).toEqual([
      ['read-secrets', 'write-secrets', 'write-nodes'],
      ['read-secrets'],
      [],
      [],
      [],
    ]);
  });
});
