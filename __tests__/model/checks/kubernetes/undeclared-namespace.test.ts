import { warningsWith } from '../../../access-files';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const EKS = { kind: 'eks', region: 'eu-west-1' };

/** The warnings about a file with a grant in these namespaces, on two clusters. */
const warningsOf = (namespaces: readonly string[], changes: Record<string, unknown> = {}) =>
  warningsWith('undeclared-namespace', {
    clusters: { test: EKS, prod: EKS },
    grants: [ADMINS, { group: 'eks-admins', role: 'edit', clusters: '*', namespaces }],
    ...changes,
  });

const warning = (index: number, name: string, where: string, allowed = '') => ({
  path: `grants[1].namespaces[${index}]`,
  check: 'undeclared-namespace',
  message: `The file does not declare the namespace '${name}' for ${where}.`,
  given: `'${name}'`,
  allowed: `${allowed}default, kube-node-lease, kube-public, kube-system`,
  fix: `Add namespaces: { '${name}': {} } if it exists, or { '${name}': { create: true } } if Terraform should create it.`,
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
});

describe('undeclared-namespace', () => {
  test('warns about a namespace that nothing else names, at its index', () => {
    expect(warningsOf(['default', 'team-a'])).toEqual([warning(1, 'team-a', 'prod, test')]);
  });

  test('names the clusters that do not list it', () => {
    const clusters = { test: EKS, prod: { ...EKS, namespaces: ['team-a'] } };

    expect(warningsOf(['team-a'], { clusters })).toEqual([warning(0, 'team-a', 'test')]);
  });

  test('lists the declared namespaces as allowed, each once', () => {
    expect(warningsOf(['team-b'], { namespaces: { 'team-a': {}, default: {} } })).toEqual([
      warning(0, 'team-b', 'prod, test', 'team-a, '),
    ]);
  });

  test('is not misled by the name tostring', () => {
    expect(warningsOf(['tostring'])).toHaveLength(1);
  });

  test.each([
    ['declared', { namespaces: { 'team-a': {} } }],
    ['created', { namespaces: { 'team-a': { create: true } } }],
    [
      'listed on every cluster of the grant',
      { clusters: { test: { ...EKS, namespaces: ['team-a'] }, prod: { ...EKS, namespaces: ['team-a', 'b'] } } },
    ],
  ])('is silent on a namespace that is %s', (_, changes) => {
    expect(warningsOf(['team-a'], changes)).toEqual([]);
  });

  test('is silent on the namespaces of Kubernetes', () => {
    expect(warningsOf(['default', 'kube-node-lease', 'kube-public', 'kube-system'])).toEqual([]);
  });
});
