import { ruleFindings } from '../../../constraints/kubernetes/role-rules';
import type { PolicyRule } from '../../../rbac/policy-rule';

const PODS: PolicyRule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };

const NO_NAME = (verbs: string) => ({
  message: 'Requests with these verbs carry no object name, so the rule would match nothing.',
  given: `resourceNames with ${verbs}`,
  allowed: 'resourceNames with verbs such as get, update or delete',
  fix: 'Remove resourceNames, or give these verbs a rule without them.',
});

const BAD_URL = (given: string) => ({
  message: 'A URL starts with /, and Kubernetes supports * only as its last character.',
  given,
  allowed: "'*', or a path that starts with / and contains * only as its last character",
  fix: 'Write the path, such as /healthz or /metrics/*.',
});

describe('ruleFindings', () => {
  test.each(['cluster', 'namespace'] as const)('finds nothing wrong with valid rules of a %s', (scope) => {
    const rules: PolicyRule[] = [
      PODS,
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { ...PODS, resourceNames: ['a'], nonResourceURLs: [] },
    ];

    expect(ruleFindings(rules, scope)).toEqual([]);
  });

  test('finds a role without rules, without an index', () => {
    expect(ruleFindings([], 'cluster')).toEqual([
      {
        finding: {
          message:
            'Without rules, the role would keep those that it has: Terraform plans no change when the last rule is removed.',
          given: 'no rules',
          allowed: 'at least one rule',
          fix: 'Add a rule, or remove the role.',
        },
      },
    ]);
  });

  test('finds a rule without verbs, at its index', () => {
    expect(ruleFindings([PODS, { ...PODS, verbs: [] }], 'namespace')).toEqual([
      {
        index: 1,
        finding: {
          message: 'Kubernetes refuses a rule without verbs.',
          given: 'no verbs',
          allowed: 'at least one verb, such as get',
          fix: 'Add verbs, or remove the rule.',
        },
      },
    ]);
  });

  test.each<[string, PolicyRule]>([
    ['without either', { verbs: ['get'] }],
    ['with API groups alone', { apiGroups: [''], verbs: ['get'] }],
    ['with empty lists', { apiGroups: [''], resources: [], nonResourceURLs: [], verbs: ['get'] }],
  ])('finds a rule for neither resources nor URLs: %s', (_case, rule) => {
    expect(ruleFindings([rule], 'cluster')).toEqual([
      {
        index: 0,
        finding: {
          message: 'The rule does not say what its verbs apply to.',
          given: 'no resources and no nonResourceURLs',
          allowed: 'apiGroups with resources, or nonResourceURLs',
          fix: 'Add resources, or remove the rule.',
        },
      },
    ]);
  });

  test.each<[string, PolicyRule]>([
    ['none', { resources: ['pods'], verbs: ['get'] }],
    ['an empty list', { apiGroups: [], resources: ['pods'], verbs: ['get'] }],
  ])('finds resources without API groups: %s', (_case, rule) => {
    expect(ruleFindings([rule], 'cluster')).toEqual([
      {
        index: 0,
        finding: {
          message: 'Kubernetes refuses resources without API groups.',
          given: 'no apiGroups',
          allowed: "at least one API group; '' is the core group, which has pods and services",
          fix: "Add apiGroups: [''] for the core group.",
        },
      },
    ]);
  });

  test.each<[string, Partial<PolicyRule>]>([
    ['API groups', { apiGroups: [''] }],
    ['resources', { resources: ['pods'] }],
    ['names', { resourceNames: ['a'] }],
  ])('finds URLs together with %s', (_case, others) => {
    expect(ruleFindings([{ verbs: ['get'], nonResourceURLs: ['/healthz'], ...others }], 'cluster')).toEqual([
      {
        index: 0,
        finding: {
          message: 'Kubernetes refuses a rule for both resources and URLs.',
          given: 'nonResourceURLs with apiGroups, resources or resourceNames',
          allowed: 'one or the other',
          fix: 'Split it into two rules.',
        },
      },
    ]);
  });

  test('finds URLs in the role of a namespace', () => {
    expect(ruleFindings([{ verbs: ['get'], nonResourceURLs: ['/healthz', '*'] }], 'namespace')).toEqual([
      {
        index: 0,
        finding: {
          message: 'URLs are not in a namespace, so Kubernetes refuses them in a namespaced role.',
          given: "'/healthz', '*'",
          allowed: 'apiGroups with resources',
          fix: 'Move the URLs to a role for the whole cluster.',
        },
      },
    ]);
  });

  test.each(['*', '/', '/*', '/healthz', '/metrics/*', '/api*'])('finds nothing wrong with the URL %s', (url) => {
    expect(ruleFindings([{ verbs: ['get'], nonResourceURLs: [url] }], 'cluster')).toEqual([]);
  });

  test('finds each URL that Kubernetes never matches', () => {
    const nonResourceURLs = ['/healthz', 'healthz', '', '/*/x', '/a**', '**', '*x'];

    expect(ruleFindings([{ verbs: ['get'], nonResourceURLs }], 'cluster')).toEqual(
      ["'healthz'", "''", "'/*/x'", "'/a**'", "'**'", "'*x'"].map((given) => ({ index: 0, finding: BAD_URL(given) })),
    );
  });

  test.each([['create'], ['deletecollection'], ['create', 'deletecollection']])(
    'finds names with %s %s alone',
    (...verbs) => {
      expect(ruleFindings([{ ...PODS, resourceNames: ['a'], verbs }], 'namespace')).toEqual([
        { index: 0, finding: NO_NAME(verbs.join(', ')) },
      ]);
    },
  );

  test.each<[string, Partial<PolicyRule>]>([
    ['a verb that carries one', { verbs: ['create', 'delete'] }],
    ['a list of one name', { verbs: ['list'] }],
    ['every verb', { verbs: ['*'] }],
    ['what is created under a pod', { verbs: ['create'], resources: ['pods', 'pods/exec'] }],
    ['what is created under anything', { verbs: ['create'], resources: ['*'] }],
  ])('finds nothing wrong with names and %s', (_case, rule) => {
    expect(ruleFindings([{ ...PODS, resourceNames: ['a'], ...rule }], 'namespace')).toEqual([]);
  });

  test('finds only the missing verbs of a rule with names and no verbs', () => {
    const found = ruleFindings([{ ...PODS, resourceNames: ['a'], verbs: [] }], 'namespace');

    expect(found.map(({ finding }) => finding.given)).toEqual(['no verbs']);
  });

  test('finds names with deletecollection, also for what is under a pod', () => {
    const rule = { ...PODS, resources: ['pods/exec'], resourceNames: ['a'], verbs: ['deletecollection'] };

    expect(ruleFindings([rule], 'namespace')).toEqual([{ index: 0, finding: NO_NAME('deletecollection') }]);
  });

  test('finds everything that is wrong with several rules', () => {
    const found = ruleFindings([{ verbs: [] }, PODS, { verbs: ['get'] }], 'cluster');

    expect(found.map(({ index, finding }) => [index, finding.given])).toEqual([
      [0, 'no verbs'],
      [0, 'no resources and no nonResourceURLs'],
      [2, 'no resources and no nonResourceURLs'],
    ]);
  });
});
