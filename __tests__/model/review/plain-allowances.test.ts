import { plainAllowances } from '../../../model/review/plain-allowances';
import type { PolicyRule } from '../../../rbac';

/** What rules allow, a line for each allowance. */
function words(rules: readonly PolicyRule[], namespace: string | null = 'team-a'): readonly string[] {
  return plainAllowances(rules, namespace).map(({ does, things }) => `${does.join(' and ')}: ${things.join(', ')}`);
}

function onPods(verbs: readonly string[], resource = 'pods'): PolicyRule {
  return { apiGroups: [''], resources: [resource], verbs };
}

describe('plainAllowances', () => {
  test.each([
    [['get', 'list', 'watch'], 'see'],
    [['get', 'list'], 'see'],
    [['list'], 'list'],
    [['get'], 'get'],
    [['watch', 'get'], 'get and watch'],
    [['update', 'patch'], 'change'],
    [['patch'], 'patch'],
    [['delete', 'deletecollection'], 'delete'],
    [['deletecollection'], 'deletecollection'],
    [['create', 'get', 'list', 'patch', 'update', 'impersonate'], 'see and create and change and impersonate'],
    [['*'], 'do everything with'],
  ])('says %j as %s', (verbs, does) => {
    expect(words([onPods(verbs)])).toEqual([`${does}: Pods`]);
  });

  test.each([
    ['pods/exec', ['get', 'create'], 'run commands in: Pods'],
    ['pods/exec', ['create'], 'create: pods/exec'],
    ['pods/attach', ['*'], 'attach to: Pods'],
    ['pods/portforward', ['create', 'get'], 'forward ports to: Pods'],
    ['pods/log', ['get'], 'read the logs of: Pods'],
    ['pods/log', ['list'], 'list: pods/log'],
    ['services/proxy', ['get', 'create'], 'get and create: services/proxy'],
  ])('says what %s with %j is for', (resource, verbs, text) => {
    expect(words([onPods(verbs, resource)])).toEqual([text]);
  });

  test('names kinds as people write them, the common ones first', () => {
    const verbs = ['get', 'list'];
    const rules = [
      { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies', 'ingresses'], verbs },
      { apiGroups: ['apps'], resources: ['deployments'], verbs },
      { apiGroups: ['cert-manager.io'], resources: ['certificates'], verbs },
      { apiGroups: [''], resources: ['pods', 'endpoints'], verbs },
    ];

    expect(words(rules)).toEqual([
      'see: Pods, Deployments, Ingresses, Endpoints, NetworkPolicies, certificates.cert-manager.io',
    ]);
  });

  test('does not take a kind of another API group for that of the core group', () => {
    expect(words([{ apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['get', 'list'] }])).toEqual([
      'see: events.events.k8s.io',
    ]);
  });

  test('says that only some objects are meant', () => {
    const rule = { apiGroups: [''], resources: ['configmaps'], resourceNames: ['a', 'b'], verbs: ['get', 'patch'] };

    expect(words([rule])).toEqual(['get and patch: ConfigMaps (only a, b)']);
  });

  test('leaves out what has no effect in a namespace', () => {
    const rules = [
      { apiGroups: [''], resources: ['namespaces', 'nodes', 'pods'], verbs: ['get', 'list', 'watch'] },
      { verbs: ['get'], nonResourceURLs: ['/metrics'] },
    ];

    expect(words(rules)).toEqual(['see: Pods', 'get: the namespace itself']);
    expect(words(rules, null)).toEqual(['see: Pods, Namespaces, Nodes', 'get: /metrics']);
  });

  test('says nothing of a role that allows nothing', () => {
    expect(words([])).toEqual([]);
  });
});
