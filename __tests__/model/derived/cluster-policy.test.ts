import { clusterPolicy } from '../../../model/derived/cluster-policy';
import { builtInRoles } from '../../../rbac';
import { PRESETS } from '../../../rbac/presets';
import { accessWith, clusterOf } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const RULES = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
const ACCESS = accessWith({
  groups: { 'eks-admins': {}, 'eks-b': {}, 'eks-a': {} },
  roles: { wide: { rules: RULES }, local: { scope: 'namespace', rules: RULES }, unused: { rules: RULES } },
  clusters: { prod: { ...EKS, version: '1.33' }, test: EKS },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-b', role: 'wide', clusters: ['prod'] },
    { group: 'eks-a', role: 'wide', clusters: ['prod'], namespaces: ['y', 'x'] },
    { group: 'eks-b', role: 'local', clusters: ['prod'], namespaces: ['x'] },
    { group: 'eks-a', role: 'local', clusters: ['prod'], namespaces: ['x', 'y'] },
    { group: 'eks-a', role: 'namespace-admin', clusters: ['prod'], namespaces: ['y'] },
    { group: 'eks-a', role: 'secret-reader', clusters: ['prod'] },
  ],
});

const BOOTSTRAP = builtInRoles('1.33');
const group = (name: string) => ({ kind: 'Group', name: `okta:${name}` });

describe('clusterPolicy', () => {
  const policy = clusterPolicy(ACCESS, clusterOf(ACCESS, 'prod'));

  test('has the ClusterRoles of the Kubernetes version, and those that are granted, each once', () => {
    expect(policy.clusterRoles).toEqual([
      ...BOOTSTRAP.clusterRoles,
      { name: 'secret-reader', rules: PRESETS['secret-reader'].rules },
      { name: 'wide', rules: RULES },
    ]);
  });

  test('has the roles of scope namespace in each namespace', () => {
    expect(policy.roles).toEqual([
      ...BOOTSTRAP.roles,
      { name: 'local', namespace: 'x', rules: RULES },
      { name: 'local', namespace: 'y', rules: RULES },
    ]);
  });

  test('has the bindings of Kubernetes, and those for the whole cluster', () => {
    expect(policy.clusterRoleBindings).toEqual([
      ...BOOTSTRAP.clusterRoleBindings,
      { name: 'oidc-cluster-admin', role: 'cluster-admin', subjects: [group('eks-admins')] },
      { name: 'oidc-secret-reader', role: 'secret-reader', subjects: [group('eks-a')] },
      { name: 'oidc-wide', role: 'wide', subjects: [group('eks-b')] },
    ]);
  });

  test('has a binding for each role in a namespace, to its role in Kubernetes', () => {
    expect(policy.roleBindings).toEqual([
      ...BOOTSTRAP.roleBindings,
      {
        name: 'oidc-local',
        namespace: 'x',
        roleRef: { kind: 'Role', name: 'local' },
        subjects: [group('eks-a'), group('eks-b')],
      },
      { name: 'oidc-wide', namespace: 'x', roleRef: { kind: 'ClusterRole', name: 'wide' }, subjects: [group('eks-a')] },
      { name: 'oidc-local', namespace: 'y', roleRef: { kind: 'Role', name: 'local' }, subjects: [group('eks-a')] },
      {
        name: 'oidc-namespace-admin',
        namespace: 'y',
        roleRef: { kind: 'ClusterRole', name: 'admin' },
        subjects: [group('eks-a')],
      },
      { name: 'oidc-wide', namespace: 'y', roleRef: { kind: 'ClusterRole', name: 'wide' }, subjects: [group('eks-a')] },
    ]);
  });

  test('has nothing of other clusters', () => {
    const bootstrap = builtInRoles('1.36');

    expect(clusterPolicy(ACCESS, clusterOf(ACCESS, 'test'))).toEqual({
      ...bootstrap,
      clusterRoleBindings: [
        ...bootstrap.clusterRoleBindings,
        { name: 'oidc-cluster-admin', role: 'cluster-admin', subjects: [group('eks-admins')] },
      ],
    });
  });

  test('has only the RBAC of Kubernetes if no grant names the cluster', () => {
    expect(clusterPolicy(ACCESS, { ...clusterOf(ACCESS, 'prod'), bindings: [] })).toEqual(BOOTSTRAP);
  });
});
