import { problemsWith } from '../../../access-files';

const SOURCE = 'https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/cluster-role-v1/';
const RULE = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const URLS = { nonResourceURLs: ['/healthz'], verbs: ['get'] };

describe('role-rules', () => {
  test('fails for a role without rules, at the list', () => {
    expect(problemsWith({ roles: { reader: { rules: [] } } })).toEqual([
      {
        path: 'roles.reader.rules',
        check: 'role-rules',
        message:
          'Without rules, the role would keep those that it has: Terraform plans no change when the last rule is removed.',
        given: 'no rules',
        allowed: 'at least one rule',
        fix: 'Add a rule, or remove the role.',
        source: SOURCE,
      },
    ]);
  });

  test('fails for each invalid rule at its index', () => {
    const rules = [RULE, { ...RULE, verbs: [] }, URLS, { resources: ['pods'], verbs: ['get'] }];

    const problems = problemsWith({ roles: { 'my.role': { rules } } });

    expect(problems.map(({ path, check, given }) => [path, check, given])).toEqual([
      ['roles["my.role"].rules[1]', 'role-rules', 'no verbs'],
      ['roles["my.role"].rules[3]', 'role-rules', 'no apiGroups'],
    ]);
  });

  test('depends on the scope of the role: a URL needs the whole cluster', () => {
    const problems = problemsWith({
      roles: { local: { scope: 'namespace', rules: [URLS] }, wide: { scope: 'cluster', rules: [URLS] } },
    });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([['roles.local.rules[0]', 'role-rules']]);
  });

  test('is silent if a key of a rule is a typo of the missing one', () => {
    const problems = problemsWith({
      roles: { reader: { rules: [{ apiGroups: [''], resource: ['pods'], verbs: ['get'] }] } },
    });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([
      ['roles.reader.rules[0].resource', 'unknown-key'],
    ]);
  });

  test('does not also report the scope of a grant', () => {
    const problems = problemsWith({
      roles: { reader: { rules: [{ resources: ['pods'], verbs: ['get'] }] } },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-admins', role: 'reader', clusters: '*', namespaces: ['team-a'] },
      ],
    });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([['roles.reader.rules[0]', 'role-rules']]);
  });
});
