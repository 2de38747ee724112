import { problemsWith } from '../../../access-files';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const NODES = { apiGroups: [''], resources: ['nodes', 'nodes/status'], verbs: ['get'] };
const URLS = { nonResourceURLs: ['/healthz'], verbs: ['get'] };

const problemsOf = (role: string, namespaces?: readonly string[], rules: readonly unknown[] = [PODS], scope?: string) =>
  problemsWith({
    roles: { own: { scope, rules } },
    grants: [ADMINS, { group: 'eks-admins', role, clusters: '*', ...(namespaces && { namespaces }) }],
  });

const problem = (message: string, given: string, allowed: string, fix: string) => ({
  path: 'grants[1].namespaces',
  check: 'role-scope',
  message,
  given,
  allowed,
  fix,
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole',
});

const needsNamespace = (role: string) =>
  problem(
    `The role '${role}' can be granted only in namespaces, and the grant names none.`,
    'the whole cluster',
    'at least one namespace',
    'Add namespaces, or grant a role of scope cluster.',
  );

const needsCluster = (role: string, what: string) =>
  problem(
    `The role '${role}' needs the whole cluster: in a namespace, it gives no access to ${what}.`,
    'namespaces team-a, team-b',
    'the whole cluster',
    'Remove namespaces, or grant another role there.',
  );

describe('role-scope', () => {
  test.each(['namespace-admin', 'restricted-user'])('fails for the preset %s on a whole cluster', (role) => {
    expect(problemsOf(role)).toEqual([needsNamespace(role)]);
  });

  test('fails for a role of the file with scope namespace on a whole cluster', () => {
    expect(problemsOf('own', undefined, [PODS], 'namespace')).toEqual([needsNamespace('own')]);
  });

  test.each([
    ['only URLs', [URLS], 'URLs'],
    ['URLs and others', [PODS, URLS], 'URLs'],
    ['only nodes', [NODES], 'cluster-scoped resources'],
    ['only such rules', [NODES, { ...NODES, resources: ['namespaces'] }], 'cluster-scoped resources'],
    [
      'resources of several API groups',
      [
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          resources: ['clusterroles', 'clusterrolebindings'],
          verbs: ['get'],
        },
      ],
      'cluster-scoped resources',
    ],
  ])('fails for a role with %s in namespaces', (_, rules, what) => {
    expect(problemsOf('own', ['team-a', 'team-b'], rules)).toEqual([needsCluster('own', what)]);
  });

  test.each([
    ['something for namespaces, too', [NODES, PODS]],
    ['nodes and pods in one rule', [{ ...PODS, resources: ['nodes', 'pods'] }]],
    ['every resource', [{ ...PODS, resources: ['*'] }]],
    ['every API group', [{ ...NODES, apiGroups: ['*'] }]],
    ['nodes of a group that is not theirs', [{ ...NODES, apiGroups: ['example.com'] }]],
    ['an empty list of URLs', [{ ...PODS, nonResourceURLs: [] }]],
  ])('allows a role with %s in namespaces', (_, rules) => {
    expect(problemsOf('own', ['team-a'], rules)).toEqual([]);
  });

  test.each([[NODES], [URLS], [PODS]])('allows %j on a whole cluster', (rule) => {
    expect(problemsOf('own', undefined, [rule])).toEqual([]);
  });

  test.each([
    'cluster-admin',
    'view',
    'namespace-admin',
    'restricted-user',
    'developer-restricted',
    'platform-engineer',
  ])('allows %s in namespaces', (role) => {
    expect(problemsOf(role, ['team-a'])).toEqual([]);
  });
});
