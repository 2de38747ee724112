import { problemsWith } from '../../../access-files';

const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };

const problem = (key: string, given: string) => ({
  path: `clusters.${key}`,
  check: 'no-cluster-admin',
  message: `No group has cluster-admin on the whole cluster '${key}', so its administrators would be locked out.`,
  given,
  allowed: 'at least one grant of cluster-admin, without namespaces',
  fix: `Add a grant { group, role: 'cluster-admin', clusters: ['${key}'] }.`,
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
});

describe('no-cluster-admin', () => {
  test('fails for a cluster with only other roles, and names them', () => {
    const problems = problemsWith({
      grants: [
        { group: 'eks-admins', role: 'view', clusters: '*' },
        { group: 'eks-admins', role: 'admin', clusters: ['prod'] },
      ],
    });

    expect(problems).toEqual([problem('prod', 'admin, view')]);
  });

  test('fails for a cluster with cluster-admin only in a namespace', () => {
    const problems = problemsWith({
      grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*', namespaces: ['default'] }],
    });

    expect(problems).toEqual([problem('prod', 'cluster-admin in default')]);
  });

  test('is silent if the last grant of cluster-admin has ended, because an end never stops a pipeline', () => {
    const grants = [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*', expires: '2026-06-15' }];

    expect(problemsWith({ grants }, '2026-06-16')).toEqual([]);
  });

  test.each([
    ['another role', { role: 'view' }],
    ['another cluster', { clusters: ['test'] }],
    ['a namespace', { namespaces: ['default'] }],
  ])('fails if what has ended was of %s', (_case, changes) => {
    const grants = [
      { group: 'eks-admins', role: 'cluster-admin', clusters: ['test'] },
      { group: 'eks-admins', role: 'cluster-admin', clusters: ['prod'], expires: '2026-06-15', ...changes },
    ];

    expect(problemsWith({ grants, clusters: { prod: EXISTING, test: EXISTING } }, '2026-06-16')).toEqual([
      problem('prod', 'no grant'),
    ]);
  });

  test('escapes characters in a role name that could fake a line', () => {
    const name = 'a\n    fix:     none';

    const problems = problemsWith({
      roles: { [name]: { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] } },
      grants: [{ group: 'eks-admins', role: name, clusters: '*' }],
    });

    expect(problems.find(({ check }) => check === 'no-cluster-admin')?.given).toBe('a\\n    fix:     none');
  });

  test('fails for each cluster that no grant reaches', () => {
    const problems = problemsWith({
      clusters: { prod: EXISTING, test: EXISTING, stage: EXISTING },
      grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: ['prod'] }],
    });

    expect(problems).toEqual([problem('test', 'no grant'), problem('stage', 'no grant')]);
  });

  test.each(['*', ['prod']])('allows a cluster that a grant of cluster-admin on %j reaches', (clusters) => {
    const problems = problemsWith({
      grants: [
        { group: 'eks-admins', role: 'view', clusters: '*' },
        { group: 'eks-admins', role: 'cluster-admin', clusters },
      ],
    });

    expect(problems).toEqual([]);
  });

  test('is silent if a grant is invalid, because it may be of cluster-admin', () => {
    const problems = problemsWith({ grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: 'prod' }] });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([['grants[0].clusters', 'shape']]);
  });

  test('fails at each cluster if the list of grants is empty', () => {
    expect(problemsWith({ grants: [] }).map(({ path, check }) => [path, check])).toEqual([
      ['clusters.prod', 'no-cluster-admin'],
    ]);
  });

  test('is silent if the role of a grant is unknown, because it may be cluster-admin', () => {
    const problems = problemsWith({ grants: [{ group: 'eks-admins', role: 'cluster-admn', clusters: '*' }] });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([['grants[0].role', 'unknown-name']]);
  });

  test('is silent if a cluster of a grant is unknown, because it may be this one', () => {
    const problems = problemsWith({ grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: ['prd'] }] });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([['grants[0].clusters[0]', 'unknown-name']]);
  });
});
