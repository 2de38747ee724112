import { problemsWith } from '../../../access-files';

const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
const CLUSTERS = { prod: EXISTING, test: EXISTING };
const GROUPS = { 'eks-admins': {}, 'eks-ops': {} };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };

const problem = (path: string, earlier: string, on: string, fix: string) => ({
  path,
  check: 'duplicate-grant',
  message: `${earlier} already gives the group 'eks-ops' the role 'view' there.`,
  given: `'view' for 'eks-ops' on ${on}`,
  allowed: 'each combination of group, role, and place once',
  fix,
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
});

const view = (clusters: '*' | readonly string[]) => ({ group: 'eks-ops', role: 'view', clusters });
const problemsOfGrants = (...grants: readonly unknown[]) =>
  problemsWith({ groups: GROUPS, clusters: CLUSTERS, grants: [ADMINS, ...grants] });

describe('duplicate-grant', () => {
  test('fails for the same grant twice', () => {
    expect(problemsOfGrants(view(['prod']), view(['prod']))).toEqual([
      problem(
        'grants[2]',
        'grants[1]',
        "'prod'",
        'Remove this grant or grants[1], or remove the overlap from one of them.',
      ),
    ]);
  });

  test("fails for a grant by '*' and by name", () => {
    expect(problemsOfGrants(view('*'), view(['test']))).toEqual([
      problem(
        'grants[2]',
        'grants[1]',
        "'test'",
        'Remove this grant or grants[1], or remove the overlap from one of them.',
      ),
    ]);
  });

  test("fails for a grant by name and by '*'", () => {
    expect(problemsOfGrants(view(['test']), view('*'))).toEqual([
      problem(
        'grants[2]',
        'grants[1]',
        "'test'",
        'Remove this grant or grants[1], or remove the overlap from one of them.',
      ),
    ]);
  });

  test("names every cluster of two grants by '*', in one problem", () => {
    expect(problemsOfGrants(view('*'), view('*'))).toEqual([
      problem(
        'grants[2]',
        'grants[1]',
        "'prod', 'test'",
        'Remove this grant or grants[1], or remove the overlap from one of them.',
      ),
    ]);
  });

  test('fails once for each earlier grant', () => {
    expect(problemsOfGrants(view(['prod']), view(['test']), view('*'))).toEqual([
      problem(
        'grants[3]',
        'grants[1]',
        "'prod'",
        'Remove this grant or grants[1], or remove the overlap from one of them.',
      ),
      problem(
        'grants[3]',
        'grants[2]',
        "'test'",
        'Remove this grant or grants[2], or remove the overlap from one of them.',
      ),
    ]);
  });

  test('fails for a cluster twice in one grant', () => {
    expect(problemsOfGrants(view(['prod', 'test', 'prod']))).toEqual([
      {
        ...problem('grants[1]', 'grants[1]', "'prod'", 'List each cluster once.'),
        message: 'This grant lists a cluster twice.',
      },
    ]);
  });

  const inNamespaces = (...namespaces: readonly string[]) => ({ ...view(['prod']), namespaces });

  test('fails for the same namespace of a cluster, and names it', () => {
    expect(problemsOfGrants(inNamespaces('a', 'b'), inNamespaces('b', 'c'))).toEqual([
      problem(
        'grants[2]',
        'grants[1]',
        "'prod/b'",
        'Remove this grant or grants[1], or remove the overlap from one of them.',
      ),
    ]);
  });

  test('is silent on a grant that has expired', () => {
    expect(problemsOfGrants(view('*'), { ...view('*'), expires: '2026-06-14' })).toEqual([]);
  });

  test.each([
    ['namespaces', inNamespaces('a'), inNamespaces('b')],
    ['place, a whole cluster and a namespace of it', view(['prod']), inNamespaces('a')],
    ['role', view(['prod']), { ...view(['prod']), role: 'edit' }],
    ['group', view(['prod']), { ...view(['prod']), group: 'eks-admins' }],
    ['cluster', view(['prod']), view(['test'])],
  ])('allows two grants that differ in their %s', (_, one, two) => {
    expect(problemsOfGrants(one, two)).toEqual([]);
  });

  test('is silent if clusters are missing, because the places are unknown', () => {
    const problems = problemsWith({ groups: GROUPS, clusters: undefined, grants: [ADMINS, view('*'), view('*')] });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([['clusters', 'shape']]);
  });

  test('compares names with quotes and commas exactly', () => {
    const problems = problemsWith({
      groupsClaim: { startsWith: 'e' },
      groups: { ...GROUPS, 'e","view': {} },
      clusters: CLUSTERS,
      grants: [ADMINS, { group: 'e","view', role: 'view', clusters: '*' }, view('*')],
    });

    expect(problems).toEqual([]);
  });
});
