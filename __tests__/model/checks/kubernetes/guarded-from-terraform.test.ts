import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1', namespaces: ['team-a'] };
const LAB = { kind: 'self-managed', kubeconfigContext: 'lab', namespaces: ['team-a'] };
const ROLE = 'arn:aws:iam::111122223333:role/pipeline';
const GUARDS = { namespaces: { 'team-a': ['eks-admins'] } };

const warningsOf = (cluster: Record<string, unknown>, changes: Record<string, unknown> = { guards: GUARDS }) =>
  warningsWith('guarded-from-terraform', { clusters: { prod: cluster }, ...changes });

const warning = (guarded: string, allowed: string, fix: string) => ({
  path: 'clusters.prod',
  check: 'guarded-from-terraform',
  message: `The guard of ${guarded} would refuse Terraform's changes there.`,
  given: 'no IAM role of Terraform',
  allowed,
  fix,
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html',
});
const ADD_ROLE = ['account.roleArn or deployers', "Add the ARN of Terraform's IAM role to deployers."] as const;

describe('guarded-from-terraform', () => {
  test.each(['eks', 'existing-eks'])(
    'warns about a guarded namespace of a cluster of kind %s without a role',
    (kind) => {
      expect(warningsOf({ ...EKS, kind })).toEqual([warning('team-a', ...ADD_ROLE)]);
    },
  );

  test("warns about a cluster's own guard, and once about all guarded namespaces", () => {
    const prod = { ...EKS, namespaces: ['team-a', 'team-b'], guards: { namespaces: { 'team-b': ['eks-admins'] } } };

    expect(warningsOf(prod)).toEqual([warning('team-a, team-b', ...ADD_ROLE)]);
  });

  test('warns about a namespace that only a grant names', () => {
    const grants = [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-admins', role: 'edit', clusters: '*', namespaces: ['team-c'] },
    ];

    const warnings = warningsOf(EKS, { grants, guards: { namespaces: { 'team-c': ['eks-admins'] } } });

    expect(warnings).toEqual([warning('team-c', ...ADD_ROLE)]);
  });

  test('warns about the guard of the system namespaces, where a binding or setting is in one of them', () => {
    const guards = { systemNamespaces: ['eks-admins'], namespaces: { 'kube-system': ['eks-admins'] } };

    expect(warningsOf({ ...EKS, namespaces: ['kube-system'] }, { guards })).toEqual([
      warning('kube-system', ...ADD_ROLE),
    ]);
    expect(
      warningsOf(
        { ...EKS, namespaces: ['kube-public', 'kube-node-lease', 'team-a'], guards: { systemNamespaces: [] } },
        {},
      ),
    ).toEqual([warning('kube-node-lease, kube-public', ...ADD_ROLE)]);
    expect(warningsOf(EKS, { guards })).toEqual([]);
  });

  test('warns about a self-managed cluster, which has no IAM role', () => {
    expect(warningsOf(LAB)).toEqual([
      warning('team-a', 'guards on other namespaces', 'Remove the guard before you change bindings in the namespace.'),
    ]);
  });

  test.each([
    ['a deployer', { ...EKS, deployers: [ROLE] }],
    ["the account's role", { ...EKS, account: { id: '111122223333', roleArn: ROLE } }],
    ['no binding or setting in the guarded namespace', { ...EKS, namespaces: [] }],
  ])('is silent on a cluster with %s', (_, cluster) => {
    expect(warningsOf(cluster)).toEqual([]);
  });

  test('is silent on other guards', () => {
    expect(warningsOf(EKS, { guards: { secretDeletion: ['eks-admins'], runAsRoot: [] } })).toEqual([]);
  });
});
