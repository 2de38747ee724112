import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const FILE = {
  groups: { 'eks-admins': {}, 'eks-ops': {}, 'eks-none': {} },
  clusters: { prod: EKS, test: EKS },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-ops', role: 'edit', clusters: ['test'], namespaces: ['default'] },
  ],
};
const warningsOf = (changes: Record<string, unknown>) => warningsWith('guard-without-access', { ...FILE, ...changes });

const warning = (path: string, group: string, where: string) => ({
  path,
  check: 'guard-without-access',
  message: `The guard exempts the group '${group}', which has no access ${where}.`,
  given: `'${group}'`,
  allowed: 'groups with a grant there',
  fix: 'Add a grant, or remove the group from the guard.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
});

describe('guard-without-access', () => {
  test('warns about a group without any access in a guard of the file', () => {
    const guards = {
      secretDeletion: ['eks-admins', 'eks-none'],
      runAsRoot: ['eks-none'],
      namespaces: { 'team-a': ['eks-none'] },
    };

    expect(warningsOf({ guards })).toEqual([
      warning('guards.secretDeletion[1]', 'eks-none', 'to any cluster'),
      warning('guards.runAsRoot[0]', 'eks-none', 'to any cluster'),
      warning('guards.namespaces.team-a[0]', 'eks-none', 'to any cluster'),
    ]);
  });

  test('warns about a group with access only elsewhere in a guard of a cluster', () => {
    const clusters = {
      prod: { ...EKS, guards: { secretDeletion: ['eks-ops'], namespaces: { 'team-a': ['eks-admins', 'eks-ops'] } } },
      test: { ...EKS, guards: { secretDeletion: ['eks-ops'] } },
    };

    expect(warningsOf({ clusters })).toEqual([
      warning('clusters.prod.guards.secretDeletion[0]', 'eks-ops', 'to prod'),
      warning('clusters.prod.guards.namespaces.team-a[1]', 'eks-ops', 'to prod'),
    ]);
  });

  test('warns about a group whose access has expired', () => {
    const grants = [FILE.grants[0], { ...FILE.grants[1], expires: '2026-06-14' }];

    expect(warningsOf({ grants, guards: { runAsRoot: ['eks-ops'] } })).toEqual([
      warning('guards.runAsRoot[0]', 'eks-ops', 'to any cluster'),
    ]);
  });

  test('is silent on a group with access to one cluster in a guard of the file', () => {
    expect(warningsOf({ guards: { secretDeletion: ['eks-ops'], runAsRoot: [] } })).toEqual([]);
  });

  test.each(['system:serviceaccounts', 'system:serviceaccounts:cert-manager'])(
    'is silent on %s, which needs no grant in this file',
    (group) => {
      const clusters = { ...FILE.clusters, prod: { ...EKS, guards: { secretDeletion: [group] } } };

      expect(warningsOf({ clusters, guards: { runAsRoot: [group] } })).toEqual([]);
    },
  );
});
