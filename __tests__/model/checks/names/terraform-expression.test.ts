import { problemsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };

const problem = (path: string, given: string) => ({
  path,
  check: 'terraform-expression',
  message: 'Terraform would evaluate this text as an expression.',
  given,
  allowed: 'text without ${, %{, and TfToken[',
  fix: 'Remove the bracket.',
  source: 'https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates',
});

describe('terraform-expression', () => {
  test.each(['${var.x}', 'a %{ if true }', '$${x}', '%%{x}', '${', '#{TfToken[TOKEN.1]}', 'TfToken[x'])(
    'fails for the text %s',
    (description) => {
      const problems = problemsWith({ groups: { 'eks-admins': { description } } });

      expect(problems).toEqual([problem('groups.eks-admins.description', `'${description}'`)]);
    },
  );

  test.each(['$x', '{x}', '$ {x}', '% {x}', '100 %', '$(x)', '}$', '#{x}', '&{x}', 'TfToken'])(
    'allows the text %s',
    (description) => {
      expect(problemsWith({ groups: { 'eks-admins': { description } } })).toEqual([]);
    },
  );

  test.each([
    ['authorizationServer.name', { authorizationServer: { name: '${x}' } }],
    ['authorizationServer.description', { authorizationServer: { description: '${x}' } }],
    ['authorizationServer.audience', { authorizationServer: { audience: '${x}' } }],
    ['groupsClaim.name', { groupsClaim: { name: '${x}' } }],
    ['identityProvider.name', { identityProvider: { name: '${x}' } }],
    [
      'identityProvider.usernameClaim',
      { authorizationServer: { existing: true }, identityProvider: { usernameClaim: '${x}' } },
    ],
    ['identityProvider.prefix.username', { identityProvider: { prefix: { username: '${x}', groups: 'okta:' } } }],
    ['identityProvider.prefix.groups', { identityProvider: { prefix: { username: 'okta:', groups: '${x}' } } }],
    [
      'identityProvider.requiredClaims.hd',
      { claims: { hd: { existing: true } }, identityProvider: { requiredClaims: { hd: '${x}' } } },
    ],
    ['clusters.prod.app', { clusters: { prod: { ...EKS, app: '${x}' } } }],
    ['clusters.prod.tags.team', { clusters: { prod: { ...EKS, tags: { team: '${x}' } } } }],
    ['tags.team', { tags: { team: '${x}' } }],
  ])('fails for text at %s', (path, changes) => {
    expect(problemsWith(changes)).toEqual([problem(path, "'${x}'")]);
  });

  test.each([
    ['groups["eks-%{x}"]', { groups: { 'eks-admins': {}, 'eks-%{x}': {} } }],
    [
      'identityProvider.requiredClaims["eks-%{x}"]',
      { authorizationServer: { existing: true }, identityProvider: { requiredClaims: { 'eks-%{x}': 'a' } } },
    ],
  ])('fails for the key %s of a map', (path, changes) => {
    expect(problemsWith(changes)).toEqual([problem(path, "'eks-%{x}'")]);
  });

  test('fails for the key of a cluster and of a tag, in addition to their limits', () => {
    const problems = problemsWith({ clusters: { 'a${x}': { ...EKS, app: 'x' } }, tags: { '%{t}': 'x' } });

    expect(problems.filter(({ check }) => check === 'terraform-expression')).toEqual([
      problem('clusters["a${x}"]', "'a${x}'"),
      problem('tags["%{t}"]', "'%{t}'"),
    ]);
  });

  test('fails for the group of a grant at its place in the file', () => {
    const problems = problemsWith({
      groups: { 'eks-admins': {}, 'eks-${x}': {} },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        5,
        { group: 'eks-${x}', role: 'view', clusters: '*' },
      ],
    });

    expect(problems.filter(({ check }) => check === 'terraform-expression')).toEqual([
      problem('groups["eks-${x}"]', "'eks-${x}'"),
      problem('grants[2].group', "'eks-${x}'"),
    ]);
  });

  test('fails for a cluster of a grant', () => {
    const problems = problemsWith({
      clusters: { '%{key}': { ...EKS, app: 'x', name: 'x' } },
      grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: ['%{key}'] }],
    });

    expect(problems.filter(({ check }) => check === 'terraform-expression')).toEqual([
      problem('clusters["%{key}"]', "'%{key}'"),
      problem('grants[0].clusters[0]', "'%{key}'"),
    ]);
  });

  test('fails for both prefixes if one prefix is given for both', () => {
    const problems = problemsWith({ identityProvider: { prefix: '${x}' } });

    expect(problems.map(({ path }) => path)).toEqual([
      'identityProvider.prefix.username',
      'identityProvider.prefix.groups',
    ]);
  });

  test('fails once for the key of a default, at its place there', () => {
    const problems = problemsWith({
      clusters: { prod: { kind: 'eks', tags: { own: 'a' } }, test: { kind: 'eks' } },
      clusterDefaults: { region: 'eu-west-1', tags: { a: '${b}' } },
    });

    expect(problems).toEqual([problem('clusterDefaults.tags.a', "'${b}'")]);
  });

  test('reports only places that the file has', () => {
    const problems = problemsWith({
      groups: { 'eks-admins': {}, 'eks-${x}': {} },
      clusters: { prod: { kind: 'eks', tags: { own: 'a' } } },
      clusterDefaults: { region: 'eu-west-1', tags: { '${b}': 'c' } },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-${x}', role: 'view', clusters: '*', expires: '2026-06-14' },
      ],
    });

    const places = problems.filter(({ check }) => check === 'terraform-expression').map(({ path }) => path);
    expect(places).toEqual(['groups["eks-${x}"]', 'clusterDefaults.tags["${b}"]']);
  });

  test.each([
    ['namespaces.a.quota["${x}"]', { namespaces: { a: { quota: { '${x}': 1 } } } }],
    [
      'namespaces.a.allowIngressFrom[0].podLabels.app',
      { namespaces: { a: { allowIngressFrom: [{ namespace: 'b', podLabels: { app: '${x}' } }] } } },
    ],
    [
      'roles.reader.description',
      { roles: { reader: { description: '${x}', rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] } } },
    ],
    [
      'roles.reader.rules[0].resourceNames[0]',
      {
        roles: {
          reader: { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: ['${x}'] }] },
        },
      },
    ],
    ['backend.cloud.organization', { backend: { cloud: { organization: '${x}' } } }],
  ])('fails for text at %s, too', (path, changes) => {
    expect(problemsWith(changes)).toEqual([problem(path, "'${x}'")]);
  });

  test('fails for text in the rule of a group', () => {
    const rule = 'user.title == "${x}"';

    expect(problemsWith({ groups: { 'eks-admins': { rule } } })).toEqual([
      problem('groups.eks-admins.rule', `'${rule}'`),
    ]);
  });
});
