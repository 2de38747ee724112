import { BOUNDARIES } from '../../../rbac/boundary';
import { SENSITIVE_PERMISSIONS } from '../../../rbac/sensitive-permissions';
import { problemsWith } from '../../access-files';

const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const ROLES =
  'cluster-admin, admin, edit, view, developer-restricted, platform-engineer, namespace-admin, restricted-user, secret-reader, secret-writer, pod-exec';

const problem = (path: string, message: string, given: string, allowed: string, fix: string) => ({
  path,
  check: 'unknown-name',
  message,
  given,
  allowed,
  fix,
});

/** The problems of a second grant; the first grants cluster-admin. */
const problemsOfGrant = (changes: Record<string, unknown>, file: Record<string, unknown> = {}) =>
  problemsWith({ ...file, grants: [ADMINS, { group: 'eks-admins', role: 'view', clusters: '*', ...changes }] });

describe('unknown names', () => {
  test('fail for a group, with the nearest one', () => {
    expect(problemsOfGrant({ group: 'eks-admin' })).toEqual([
      problem(
        'grants[1].group',
        "There is no group 'eks-admin'. Did you mean 'eks-admins'?",
        "'eks-admin'",
        'eks-admins',
        "Use 'eks-admins', or add the group to the file.",
      ),
    ]);
  });

  test('fail for a group that differs only in case', () => {
    expect(problemsOfGrant({ group: 'eks-Admins' }).map(({ message }) => message)).toEqual([
      "There is no group 'eks-Admins'. Did you mean 'eks-admins'?",
    ]);
  });

  test('fail for a role, with the nearest one', () => {
    expect(problemsOfGrant({ role: 'edti' })).toEqual([
      problem(
        'grants[1].role',
        "There is no role 'edti'. Did you mean 'edit'?",
        "'edti'",
        ROLES,
        "Use 'edit', or add the role to the file.",
      ),
    ]);
  });

  test('fail for a role without a near name', () => {
    expect(problemsOfGrant({ role: 'something-else' })).toEqual([
      problem(
        'grants[1].role',
        "There is no role 'something-else'.",
        "'something-else'",
        ROLES,
        'Use one of the allowed names, or add the role to the file.',
      ),
    ]);
  });

  test('fail for each cluster of a list, at its index', () => {
    const problems = problemsOfGrant(
      { clusters: ['prod', 'tset', 'elsewhere'] },
      { clusters: { prod: EXISTING, test: EXISTING } },
    );

    expect(problems).toEqual([
      problem(
        'grants[1].clusters[1]',
        "There is no cluster 'tset'. Did you mean 'test'?",
        "'tset'",
        'prod, test',
        "Use 'test', or add the cluster to the file.",
      ),
      problem(
        'grants[1].clusters[2]',
        "There is no cluster 'elsewhere'.",
        "'elsewhere'",
        'prod, test',
        'Use one of the allowed names, or add the cluster to the file.',
      ),
    ]);
  });

  test("fail for '*' in a list of clusters", () => {
    expect(problemsOfGrant({ clusters: ['*'] })).toEqual([
      problem(
        'grants[1].clusters[0]',
        "There is no cluster '*': in a list, it does not mean all clusters.",
        "'*' in a list",
        "clusters: '*', or a list of names",
        "For all clusters, write clusters: '*'.",
      ),
    ]);
  });

  test('fail for group, role, and clusters of one grant together, in this order', () => {
    const problems = problemsOfGrant({ group: 'eks-x', role: 'x', clusters: ['x'] });

    expect(problems.filter(({ check }) => check === 'unknown-name').map(({ path }) => path)).toEqual([
      'grants[1].group',
      'grants[1].role',
      'grants[1].clusters[0]',
    ]);
  });

  test('cut the list of allowed names at ten', () => {
    const clusters = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`c${index}`, EXISTING]));

    const problems = problemsOfGrant({ clusters: ['c0', 'elsewhere'] }, { clusters });

    expect(problems.map(({ allowed }) => allowed)).toEqual(['c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 2 more']);
  });

  test('suggest a name beyond the tenth', () => {
    const clusters = Object.fromEntries(
      [...Array.from({ length: 12 }, (_, index) => `c${index}`), 'production'].map((key) => [key, EXISTING]),
    );

    const problems = problemsOfGrant({ clusters: ['prodution'] }, { clusters });

    expect(problems[0]?.fix).toBe("Use 'production', or add the cluster to the file.");
  });

  test('have a suggestion only for the first 25: thousands would take minutes', () => {
    const clusters = Array.from({ length: 26 }, (_, index) => `pro${index}`);

    const suggestions = problemsOfGrant({ clusters }).map(({ fix }) => fix.startsWith("Use 'prod'"));

    expect(suggestions).toEqual([...Array.from({ length: 25 }, () => true), false]);
  });

  test.each(['toString', 'constructor', 'hasOwnProperty'])('fail for %s, which every object has', (name) => {
    const problems = problemsOfGrant({ clusters: [name] });

    expect(problems.filter(({ check }) => check === 'unknown-name').map(({ path }) => path)).toEqual([
      'grants[1].clusters[0]',
    ]);
  });

  test('do not include a name with invalid settings', () => {
    const problems = problemsOfGrant(
      { group: 'eks-b', clusters: ['test'] },
      {
        groups: { 'eks-admins': {}, 'eks-b': { existing: 'no' } },
        clusters: { prod: EXISTING, test: { ...EXISTING, region: 5 } },
      },
    );

    expect(problems.map(({ path, check }) => [path, check])).toEqual([
      ['groups.eks-b.existing', 'shape'],
      ['clusters.test.region', 'shape'],
    ]);
  });

  test('do not include a role of the file', () => {
    const reader = { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };

    expect(problemsOfGrant({ role: 'reader' }, { roles: { reader } })).toEqual([]);
  });

  test('fail for a role, and allow roles of the file and presets', () => {
    const reader = { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };

    const problems = problemsOfGrant({ role: 'raeder' }, { roles: { reader } });

    expect(problems).toEqual([
      problem(
        'grants[1].role',
        "There is no role 'raeder'. Did you mean 'reader'?",
        "'raeder'",
        `${ROLES.replace(', pod-exec', '')} and 2 more`,
        "Use 'reader', or add the role to the file.",
      ),
    ]);
  });

  test('fail for a sensitive permission in accept, with the nearest one', () => {
    const problems = problemsOfGrant({ accept: { impersonat: 'on call' } });

    expect(problems).toEqual([
      problem(
        'grants[1].accept.impersonat',
        "There is no sensitive permission or boundary 'impersonat'. Did you mean 'impersonate'?",
        "'impersonat'",
        `${SENSITIVE_PERMISSIONS.slice(0, 10).join(', ')} and ${SENSITIVE_PERMISSIONS.length + BOUNDARIES.length + 1 - 10} more`,
        "Use 'impersonate'.",
      ),
    ]);
  });

  test('fail for a boundary in accept, of a grant and of a role', () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
    const roles = { reader: { rules, accept: { 'becomes-nod': 'on call', 'becomes-node': 'on call' } } };

    const problems = problemsOfGrant({ accept: { 'becomes-cluster-admins': 'x', 'becomes-aws-role': 'x' } }, { roles });

    expect(problems.map(({ path, fix }) => [path, fix])).toEqual([
      ['grants[1].accept.becomes-cluster-admins', "Use 'becomes-cluster-admin'."],
      ['roles.reader.accept.becomes-nod', "Use 'becomes-node'."],
    ]);
  });

  test('fail for a member of each guard, of the file and of a cluster, at its index', () => {
    const lists = {
      secretDeletion: ['eks-admins', 'eks-a'],
      runAsRoot: ['eks-b'],
      systemNamespaces: ['eks-d'],
      namespaces: { 'team-a': ['eks-c'] },
    };

    const problems = problemsWith({ guards: lists, clusters: { prod: { ...EXISTING, guards: lists } } });

    expect(problems.map(({ path, given, check }) => [path, given, check])).toEqual([
      ['guards.secretDeletion[1]', "'eks-a'", 'unknown-name'],
      ['guards.runAsRoot[0]', "'eks-b'", 'unknown-name'],
      ['guards.systemNamespaces[0]', "'eks-d'", 'unknown-name'],
      ['guards.namespaces.team-a[0]', "'eks-c'", 'unknown-name'],
      ['clusters.prod.guards.secretDeletion[1]', "'eks-a'", 'unknown-name'],
      ['clusters.prod.guards.runAsRoot[0]', "'eks-b'", 'unknown-name'],
      ['clusters.prod.guards.systemNamespaces[0]', "'eks-d'", 'unknown-name'],
      ['clusters.prod.guards.namespaces.team-a[0]', "'eks-c'", 'unknown-name'],
    ]);
    expect(problems[0]).toEqual(
      problem(
        'guards.secretDeletion[1]',
        "There is no group 'eks-a'.",
        "'eks-a'",
        'eks-admins',
        'Use one of the allowed names, or add the group to the file.',
      ),
    );
  });

  test('do not include groups of service accounts in a guard', () => {
    const members = ['system:serviceaccounts', 'system:serviceaccounts:cert-manager'];

    expect(problemsWith({ guards: { secretDeletion: members, namespaces: { 'team-a': members } } })).toEqual([]);
  });

  test.each(['system:masters', 'system:serviceaccounts:', 'system:serviceaccount:a:b'])(
    'fail for %s in a guard, which is not a group of service accounts',
    (name) => {
      const problems = problemsWith({ guards: { secretDeletion: [name] } });

      expect(problems.map(({ path, check }) => [path, check])).toEqual([['guards.secretDeletion[0]', 'unknown-name']]);
    },
  );

  test('fail once for a guard in clusterDefaults, at its place there', () => {
    const problems = problemsWith({
      clusters: { prod: EXISTING, test: EXISTING },
      clusterDefaults: { guards: { secretDeletion: ['eks-x'] } },
    });

    expect(problems.map(({ path }) => path)).toEqual(['clusterDefaults.guards.secretDeletion[0]']);
  });

  test('escape characters that could fake a line', () => {
    const problems = problemsOfGrant({ group: 'eks-b fix' }, { groups: { 'eks-admins': {}, 'eks-b\nfix': {} } }).filter(
      ({ check }) => check === 'unknown-name',
    );

    expect(problems).toHaveLength(1);
    expect(Object.values(problems[0] ?? {}).filter((text) => text.includes('\n'))).toEqual([]);
  });

  test('do not hide a problem of another grant', () => {
    const problems = problemsWith({
      groups: { 'eks-admins': {}, ops: {} },
      grants: [ADMINS, { ...ADMINS, group: 'eks-x' }, { ...ADMINS, group: 'ops' }],
    });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([
      ['grants[1].group', 'unknown-name'],
      ['grants[2].group', 'claim-filter'],
    ]);
  });

  test('are not also reported by the claim filter', () => {
    const problems = problemsOfGrant({ group: 'ek-admins' });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([['grants[1].group', 'unknown-name']]);
  });
});
