import { ruleFindings } from '../../../constraints/kubernetes/role-rules';
import { missingResources, targetFindings } from '../../../constraints/kubernetes/rule-targets';
import { builtInRoles, knownResources } from '../../../rbac';
import { KUBERNETES_VERSIONS } from '../../../rbac/kubernetes/versions';
import type { PolicyRule } from '../../../rbac/policy-rule';
import { PRESETS } from '../../../rbac/presets';

const READ = { verbs: ['get'] };
const core = (...resources: string[]): PolicyRule => ({ apiGroups: [''], resources, ...READ });

/** The findings of a rule: where, severity, and message with fix. */
const found = (rule: PolicyRule) =>
  targetFindings(rule).map(({ place, severity, finding }) => [
    place.join('.'),
    severity,
    `${finding.message} ${finding.fix}`,
  ]);

describe('targetFindings', () => {
  test.each<[string, PolicyRule, string, string]>([
    [
      'a resource of another group',
      core('deployments'),
      'resources.0',
      "is in apps, and in no API group of the rule. Add 'apps'",
    ],
    [
      'a group with a version',
      { apiGroups: ['apps/v1'], resources: ['deployments'], ...READ },
      'apiGroups.0',
      "Write 'apps'",
    ],
    ['v1 as a group', { apiGroups: ['v1'], resources: ['pods'], ...READ }, 'apiGroups.0', "no name. Write ''"],
    ['core as a group', { apiGroups: ['core'], resources: ['pods'], ...READ }, 'apiGroups.0', "no name. Write ''"],
    [
      'core/v1 as a group',
      { apiGroups: ['core/v1'], resources: ['pods'], ...READ },
      'apiGroups.0',
      "no version. Write ''",
    ],
    [
      'a group in upper case',
      { apiGroups: ['Apps'], resources: ['deployments'], ...READ },
      'apiGroups.0',
      "Write 'apps'",
    ],
    [
      'a part of a group',
      { apiGroups: ['*.crossplane.io'], resources: ['*'], verbs: ['*'] },
      'apiGroups.0',
      'not as a part',
    ],
    ['a pattern of subresources', core('pods/*'), 'resources.0', 'no such pattern'],
    ['a pattern of names', core('pod*'), 'resources.0', 'no such pattern'],
    ['a pattern beside others', core('pods', 'pods/*'), 'resources.1', 'no such pattern'],
    ['two patterns', core('*/*'), 'resources.0', 'no such pattern'],
    ['the singular', core('pod'), 'resources.0', "Did you mean 'pods'? Write 'pods'"],
    [
      'the kind',
      { apiGroups: ['apps'], resources: ['Deployment'], ...READ },
      'resources.0',
      "Did you mean 'deployments'?",
    ],
    [
      'the kind in another group',
      core('Ingress'),
      'resources.0',
      "Write 'ingresses', and apiGroups: ['networking.k8s.io']",
    ],
    [
      'the singular beside a group of the past',
      { apiGroups: ['extensions', 'apps'], resources: ['deployment'], ...READ },
      'resources.0',
      "Did you mean 'deployments'?",
    ],
    [
      'a subresource as a verb beside a group of the past',
      { apiGroups: ['', 'extensions'], resources: ['pods'], verbs: ['exec'] },
      'verbs.0',
      'create on pods/exec',
    ],
    [
      'a short name',
      { apiGroups: ['apps'], resources: ['deploy'], ...READ },
      'resources.0',
      "Did you mean 'deployments'?",
    ],
    ['a short name of another group', core('cj'), 'resources.0', "Write 'cronjobs', and apiGroups: ['batch']"],
    ['a typo', core('configmap', 'secerts'), 'resources.1', "Did you mean 'secrets'?"],
    ['a typo of a subresource', core('pods/logs'), 'resources.0', "Did you mean 'pods/log'? Write 'pods/log'"],
    ['a subresource that does not exist', core('pods/shell'), 'resources.0', "no subresource 'shell'"],
    ['a subresource of another resource', core('services/log'), 'resources.0', "services has no subresource 'log'"],
    ['a subresource of the singular', core('pod/exec'), 'resources.0', "Write 'pods/exec'"],
    ['a typo of a subresource of all', core('*/logs'), 'resources.0', "Write '*/log'"],
    ['a resource that does not exist', core('widgets'), 'resources.0', "no resource 'widgets'"],
    ['text that is no name', core('pods, services'), 'resources.0', 'not the name of a resource'],
    ['a subresource as a verb', { ...core('pods'), verbs: ['exec'] }, 'verbs.0', 'create on pods/exec'],
    ['a method as a verb', { ...core('pods'), verbs: ['get', 'post'] }, 'verbs.1', 'Allow create'],
    ['a command as a verb', { ...core('pods'), verbs: ['describe'] }, 'verbs.0', 'Allow get'],
    ['a verb in upper case', { ...core('pods'), verbs: ['Get'] }, 'verbs.0', "Write 'get'"],
    ['a pattern of verbs', { ...core('pods'), verbs: ['get*'] }, 'verbs.0', 'not as a part'],
    ['several verbs in one text', { ...core('pods'), verbs: ['get,list'] }, 'verbs.0', 'not a verb'],
    ['a typo of a verb', { ...core('pods'), verbs: ['lists'] }, 'verbs.0', "Did you mean 'list'?"],
    ['a verb that works on nothing', { ...core('pods/log'), verbs: ['delete'] }, 'verbs.0', 'works on none'],
    ['a special verb elsewhere', { ...core('pods'), verbs: ['impersonate'] }, 'verbs.0', 'only for users, groups'],
    ['a pattern of names of objects', { ...core('configmaps'), resourceNames: ['app-*'] }, 'resourceNames.0', 'whole'],
    ['all names of objects', { ...core('configmaps'), resourceNames: ['*'] }, 'resourceNames.0', 'whole'],
    [
      'a verb of resources for a URL',
      { nonResourceURLs: ['/metrics'], verbs: ['list'] },
      'verbs.0',
      "Did you mean 'get'?",
    ],
    ['a method in upper case', { nonResourceURLs: ['/metrics'], verbs: ['GET'] }, 'verbs.0', "Write 'get'"],
  ])('refuses %s', (_case, rule, place, text) => {
    const errors = found(rule).filter(([, severity]) => severity === 'error');

    expect(errors).toContainEqual([place, 'error', expect.stringContaining(text)]);
  });

  test.each<[string, PolicyRule, string, string]>([
    [
      'a group of the past',
      { apiGroups: ['extensions'], resources: ['ingresses'], ...READ },
      'apiGroups.0',
      'no longer',
    ],
    [
      'a resource of the past',
      { apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'] },
      'resources.0',
      'no longer',
    ],
    [
      'a group without a dot',
      { apiGroups: ['rbac'], resources: ['roles'], ...READ },
      'apiGroups.0',
      "Did you mean 'rbac.authorization.k8s.io'?",
    ],
    ['a custom verb', { ...core('pods'), verbs: ['get', 'frobnicate'] }, 'verbs.1', 'Only an admission policy'],
    [
      'a verb that works on nothing beside others',
      { ...core('pods/log'), verbs: ['get', 'delete'] },
      'verbs.1',
      'works on none',
    ],
    [
      'the singular in every group',
      { apiGroups: ['*'], resources: ['pod'], ...READ },
      'resources.0',
      "Did you mean 'pods'?",
    ],
    [
      'a subresource as a verb on everything',
      { apiGroups: ['*'], resources: ['*'], verbs: ['exec'] },
      'verbs.0',
      'create on pods/exec',
    ],
  ])('warns of %s', (_case, rule, place, text) => {
    expect(found(rule)).toEqual([[place, 'warning', expect.stringContaining(text)]]);
  });

  test.each<[string, PolicyRule]>([
    ['a product with gaps', { apiGroups: ['', 'apps', 'batch'], resources: ['pods', 'deployments', 'jobs'], ...READ }],
    ['pods and their log', { ...core('pods', 'pods/log'), verbs: ['get', 'list', 'watch'] }],
    ['the log of pods', { ...core('pods/log'), verbs: ['get', 'list', 'watch'] }],
    ['custom resources', { apiGroups: ['argoproj.io'], resources: ['applications', 'rollouts/status'], ...READ }],
    [
      'custom verbs of custom resources',
      { apiGroups: ['security.openshift.io'], resources: ['securitycontextconstraints'], verbs: ['use'] },
    ],
    [
      'custom resources beside others',
      { apiGroups: ['', 'cert-manager.io'], resources: ['secrets', 'certificates'], verbs: ['get', 'approve'] },
    ],
    [
      'metrics',
      { apiGroups: ['metrics.k8s.io', 'custom.metrics.k8s.io'], resources: ['pods', 'anything/total'], ...READ },
    ],
    ['what kubelets serve', core('nodes/metrics', 'nodes/stats', 'nodes/proxy', 'nodes/configz')],
    ['finalizers', { apiGroups: ['apps'], resources: ['deployments/finalizers', '*/finalizers'], verbs: ['update'] }],
    ['subresources of all', { apiGroups: ['apps'], resources: ['*/scale', '*/status'], verbs: ['get', 'patch'] }],
    [
      'signers',
      {
        apiGroups: ['certificates.k8s.io'],
        resources: ['signers'],
        resourceNames: ['example.com/x', 'example.com/*'],
        verbs: ['approve'],
      },
    ],
    [
      'impersonation',
      { apiGroups: ['authentication.k8s.io'], resources: ['userextras/scopes', 'uids'], verbs: ['impersonate'] },
    ],
    [
      'constrained impersonation',
      { apiGroups: ['authentication.k8s.io'], resources: ['users'], verbs: ['impersonate:user-info'] },
    ],
    ['escalation', { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['bind', 'escalate'] }],
    ['eviction', { ...core('pods/eviction'), verbs: ['create'] }],
    ['everything', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    ['URLs', { nonResourceURLs: ['/healthz', '*'], verbs: ['get', 'post', '*'] }],
    ['an old resource of a supported version', core('componentstatuses', 'endpoints')],
  ])('is silent about %s', (_case, rule) => {
    expect(found(rule)).toEqual([]);
  });

  test("is silent about every rule of Kubernetes' own roles and of the presets", () => {
    const builtIn = Object.keys(KUBERNETES_VERSIONS).flatMap((version) => {
      const { clusterRoles, roles } = builtInRoles(version);
      return [...clusterRoles, ...roles].flatMap(({ rules }) => rules);
    });
    const presets = Object.values(PRESETS).flatMap(({ rules = [] }) => rules);
    const rules = [...builtIn, ...presets];

    expect(rules.length).toBeGreaterThan(1000);
    expect(
      rules.flatMap((rule) => ruleFindings([rule], 'cluster').map(({ finding }) => [rule, finding.message])),
    ).toEqual([]);
  });

  test("judges a rule that is only a part of one of Kubernetes' own", () => {
    expect(found({ apiGroups: ['extensions'], resources: ['deployments/rollback'], verbs: ['create'] })).toHaveLength(
      1,
    );
  });
});

describe('missingResources', () => {
  const rule: PolicyRule = {
    apiGroups: ['networking.k8s.io'],
    resources: ['ingresses', 'servicecidrs', 'nothing'],
    verbs: ['get'],
  };

  test('finds what other versions have', () => {
    expect(missingResources(rule, knownResources(['1.30'])).map(({ place }) => place.join('.'))).toEqual([]);
    expect(
      missingResources(
        { ...rule, apiGroups: ['resource.k8s.io'], resources: ['deviceclasses'] },
        knownResources(['1.30']),
      ).map(({ place, finding }) => [place, finding.given]),
    ).toEqual([[['resources', 0], "'deviceclasses'"]]);
  });

  test('is silent if one of the versions has it, or another API group may', () => {
    const classes = { ...rule, apiGroups: ['resource.k8s.io'], resources: ['deviceclasses'] };

    expect(missingResources(classes, knownResources(['1.30', '1.34']))).toEqual([]);
    expect(
      missingResources({ ...classes, apiGroups: ['resource.k8s.io', 'example.com'] }, knownResources(['1.30'])),
    ).toEqual([]);
  });
});
