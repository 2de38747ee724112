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
        ...{ place: [], severity: 'error' },
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
        ...{ place: [1], severity: 'error' },
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
        ...{ place: [0], severity: 'error' },
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
        ...{ place: [0], severity: 'error' },
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
        ...{ place: [0], severity: 'error' },
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
        ...{ place: [0], severity: 'error' },
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
      ["'healthz'", "''", "'/*/x'", "'/a**'", "'**'", "'*x'"].map((given) => ({
        place: [0],
        severity: 'error',
        finding: BAD_URL(given),
      })),
    );
  });

  test('finds names with deletecollection alone', () => {
    expect(ruleFindings([{ ...PODS, resourceNames: ['a'], verbs: ['deletecollection'] }], 'namespace')).toEqual([
      { place: [0], severity: 'error', finding: NO_NAME('deletecollection') },
    ]);
  });

  test.each<[string[], string, string]>([
    [['create'], 'create matches only what server-side apply creates', 'create a rule without'],
    [['get', 'create'], 'create matches only what server-side apply creates', 'create a rule without'],
    [['create', 'deletecollection'], 'and deletecollection never matches', 'create and deletecollection'],
    [['get', 'deletecollection'], 'With resourceNames, deletecollection never matches', 'deletecollection a rule'],
  ])('warns of names with %j, and says which verb has none', (verbs, message, fix) => {
    expect(ruleFindings([{ ...PODS, resourceNames: ['a'], verbs }], 'namespace')).toEqual([
      {
        place: [0, 'resourceNames'],
        severity: 'warning',
        finding: expect.objectContaining({
          message: expect.stringContaining(message),
          fix: expect.stringContaining(fix),
        }),
      },
    ]);
  });

  test.each<[string, Partial<PolicyRule>]>([
    ['verbs that carry one', { verbs: ['get', 'delete'] }],
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

  test('finds names with deletecollection, also for everything', () => {
    const rule = { ...PODS, resources: ['*'], resourceNames: ['a'], verbs: ['deletecollection'] };

    expect(ruleFindings([rule], 'namespace')).toEqual([
      { place: [0], severity: 'error', finding: NO_NAME('deletecollection') },
    ]);
  });

  test('finds everything that is wrong with several rules', () => {
    const found = ruleFindings([{ verbs: [] }, PODS, { verbs: ['get'] }], 'cluster');

    expect(found.map(({ place: [index], finding }) => [index, finding.given])).toEqual([
      [0, 'no verbs'],
      [0, 'no resources and no nonResourceURLs'],
      [2, 'no resources and no nonResourceURLs'],
    ]);
  });
});
