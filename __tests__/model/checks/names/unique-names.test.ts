import { problemsWith } from '../../../access-files';

const SOURCE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const EKS = { kind: 'eks', region: 'eu-west-1' };
const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
const ACCOUNT = { id: '111122223333' };
const OTHER_ACCOUNT = { id: '444455556666' };

const roleProblem = (path: string, earlier: string, given: string) => ({
  path,
  check: 'unique-names',
  message: `${earlier} already creates this IAM role: role names must be unique in an account, ignoring case.`,
  given,
  allowed: 'a different role name for each cluster in an account',
  fix: 'Set roleName to another name.',
  source: SOURCE,
});

const constructIdProblem = (path: string, earlier: string, given: string) => ({
  path,
  check: 'unique-names',
  message: `This name gives the same construct ID as ${earlier}, because / becomes --.`,
  given,
  allowed: 'names that differ in more than / and --',
  fix: 'Rename one of the two.',
  source: SOURCE,
});

describe('unique-names of IAM roles', () => {
  test.each([
    ['no account', {}],
    ['one account', { account: ACCOUNT }],
  ])('fails for the same role name on two clusters of %s', (_, account) => {
    const problems = problemsWith({
      clusters: { one: { ...EKS, ...account, roleName: 'r' }, two: { ...EKS, ...account, roleName: 'r' } },
    });

    expect(problems).toEqual([roleProblem('clusters.two.roleName', 'clusters.one.roleName', "'r'")]);
  });

  test('fails for role names that differ only in case', () => {
    const problems = problemsWith({ clusters: { one: { ...EKS, roleName: 'r' }, two: { ...EKS, roleName: 'R' } } });

    expect(problems).toEqual([roleProblem('clusters.two.roleName', 'clusters.one.roleName', "'R'")]);
  });

  test('fails for a role name that another cluster has by default', () => {
    const problems = problemsWith({ clusters: { one: EKS, two: { ...EKS, roleName: 'EKSCluster-one' } } });

    expect(problems).toEqual([roleProblem('clusters.two.roleName', 'clusters.one', "'EKSCluster-one'")]);
  });

  test('fails for clusters with the same name in two regions, whose default role names are equal', () => {
    const problems = problemsWith({
      clusters: { west: { ...EKS, name: 'x' }, east: { ...EKS, name: 'x', region: 'us-east-1' } },
    });

    expect(problems).toEqual([roleProblem('clusters.east', 'clusters.west', "'EKSCluster-x'")]);
  });

  test.each([
    ['two accounts', { account: ACCOUNT }, { account: OTHER_ACCOUNT }],
    ["an account and the credentials' own", {}, { account: ACCOUNT }],
  ])('allows the same role name in %s', (_, one, two) => {
    const problems = problemsWith({
      clusters: { one: { ...EKS, ...one, roleName: 'r' }, two: { ...EKS, ...two, roleName: 'r' } },
    });

    expect(problems).toEqual([]);
  });

  test('is silent on existing clusters, whose role is not created here', () => {
    const problems = problemsWith({
      clusters: { west: { ...EKS, name: 'x' }, east: { ...EXISTING, name: 'x', region: 'us-east-1' } },
    });

    expect(problems).toEqual([]);
  });
});

describe('unique-names of cluster keys', () => {
  test('fails for keys that differ only in case', () => {
    const problems = problemsWith({ clusters: { prod: EXISTING, Prod: EXISTING } });

    expect(problems).toEqual([
      {
        path: 'clusters.Prod',
        check: 'unique-names',
        message:
          'This key differs from clusters.prod only in case, so their stacks share a folder if the file system ignores case.',
        given: "'Prod'",
        allowed: 'cluster keys that differ in more than case',
        fix: 'Rename one of the two.',
        source: SOURCE,
      },
    ]);
  });

  test('allows keys that differ in a letter', () => {
    expect(problemsWith({ clusters: { prod: EXISTING, prof: EXISTING } })).toEqual([]);
  });
});

describe('unique-names of apps', () => {
  test.each([
    ['EKS prod', 'EKS_prod'],
    ['EKS prod', 'EKS.prod'],
    ['é', 'è'],
  ])('fails for the apps %s and %s, whose outputs would have the same name', (one, two) => {
    const problems = problemsWith({ clusters: { a: { ...EXISTING, app: one }, b: { ...EXISTING, app: two } } });

    expect(problems).toEqual([
      {
        path: 'clusters.b.app',
        check: 'unique-names',
        message: 'The client ID of this app has the same output name as that of clusters.a.app.',
        given: `'${two}'`,
        allowed: 'app names that differ in letters, digits, -, or _',
        fix: 'Rename one of the two apps.',
        source: SOURCE,
      },
    ]);
  });

  test('fails for apps that differ only in / and --', () => {
    const problems = problemsWith({ clusters: { a: { ...EXISTING, app: 'x/y' }, b: { ...EXISTING, app: 'x--y' } } });

    expect(problems).toEqual([constructIdProblem('clusters.b.app', 'clusters.a.app', "'x--y'")]);
  });

  test('fails for an app with a name like the default app of a cluster', () => {
    const problems = problemsWith({ clusters: { 'x--y': EXISTING, b: { ...EXISTING, app: 'x/y' } } });

    expect(problems).toEqual([constructIdProblem('clusters.b.app', 'clusters.x--y.app', "'x/y'")]);
  });

  test.each([
    ['EKS', 'EKS'],
    ['EKS', 'eks'],
    ['EKS-a', 'EKS_a'],
    ['x/y', 'x-y'],
  ])('allows the apps %s and %s', (one, two) => {
    const problems = problemsWith({ clusters: { a: { ...EXISTING, app: one }, b: { ...EXISTING, app: two } } });

    expect(problems).toEqual([]);
  });
});

describe('unique-names of groups', () => {
  test('fails for each group that differs from the first only in / and --', () => {
    const problems = problemsWith({ groups: { 'eks-admins': {}, 'a/b/c': {}, 'a--b/c': {}, 'a--b--c': {} } });

    expect(problems).toEqual([
      constructIdProblem('groups["a--b/c"]', 'groups["a/b/c"]', "'a--b/c'"),
      constructIdProblem('groups.a--b--c', 'groups["a/b/c"]', "'a--b--c'"),
    ]);
  });

  test('allows groups that differ in / and -, and in case', () => {
    expect(problemsWith({ groups: { 'eks-admins': {}, 'EKS-admins': {}, 'a/b': {}, 'a-b': {} } })).toEqual([]);
  });

  test('allows an app and a group with the same name', () => {
    expect(problemsWith({ clusters: { prod: { ...EXISTING, app: 'eks-admins' } } })).toEqual([]);
  });
});

describe('unique-names of sources of a namespace', () => {
  const namespaces = (allowIngressFrom: readonly unknown[]) => ({
    namespaces: { shop: { allowIngressFrom } },
    clusters: { prod: { ...EXISTING, namespaces: ['shop'] } },
  });

  test('fails for a repeated source, and for labels that give the same name', () => {
    const problems = problemsWith(
      namespaces([
        { namespace: 'a', podLabels: { a: 'b-c' } },
        { namespace: 'a', podLabels: { 'a-b': 'c' } },
        { namespace: 'b', port: 80 },
        { namespace: 'b', port: 80 },
      ]),
    );

    expect(problems.map(({ path, check, given }) => [path, check, given])).toEqual([
      ['namespaces.shop.allowIngressFrom[1]', 'unique-names', "'allow-ingress-a-a-b-c'"],
      ['namespaces.shop.allowIngressFrom[3]', 'unique-names', "'allow-ingress-b-80'"],
    ]);
  });

  test('allows one source on two ports, and in two namespaces', () => {
    const source = { namespace: 'a', port: 80 };

    expect(problemsWith(namespaces([source, { ...source, port: 81 }]))).toEqual([]);
    expect(
      problemsWith({ namespaces: { shop: { allowIngressFrom: [source] }, pay: { allowIngressFrom: [source] } } }),
    ).toEqual([]);
  });
});

describe('unique-names of network policies', () => {
  const problemsOf = (...allowIngressFrom: readonly unknown[]) =>
    problemsWith({ namespaces: { 'team-a': { allowIngressFrom } } });

  const policyProblem = (index: number, earlier: number, given: string) => ({
    path: `namespaces.team-a.allowIngressFrom[${index}]`,
    check: 'unique-names',
    message: `The NetworkPolicy of this source has the same name as that of namespaces.team-a.allowIngressFrom[${earlier}].`,
    given,
    allowed: 'each source once, with labels that differ even in lowercase and with - for all except a-z, 0-9, and .',
    fix: 'Remove one of the two.',
    source: SOURCE,
  });

  test.each([
    ['the same source twice', { namespace: 'b', port: 80 }, "'allow-ingress-b-80'"],
    ['a label in another case', { namespace: 'b', podLabels: { App: 'x' } }, "'allow-ingress-b-app-x'"],
  ])('fails for %s', (_, source, given) => {
    const again = JSON.parse(JSON.stringify(source).replace('App', 'app'));

    expect(problemsOf({ namespace: 'c' }, source, again)).toEqual([policyProblem(2, 1, given)]);
  });

  test('fails for a namespace that ends with the port of another', () => {
    expect(problemsOf({ namespace: 'b', port: 80 }, { namespace: 'b-80' })).toEqual([
      policyProblem(1, 0, "'allow-ingress-b-80'"),
    ]);
  });

  test('allows one source in two namespaces', () => {
    const namespace = { allowIngressFrom: [{ namespace: 'b' }] };

    expect(problemsWith({ namespaces: { 'team-a': namespace, 'team-b': namespace } })).toEqual([]);
  });

  test('allows sources that differ', () => {
    expect(problemsOf({ namespace: 'b' }, { namespace: 'b', port: 80 }, { namespace: 'b', port: 81 })).toEqual([]);
  });
});
