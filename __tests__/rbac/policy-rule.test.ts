import { type PolicyRule, ruleText } from '../../rbac';

describe('ruleText', () => {
  test.each<[string, PolicyRule]>([
    ['get, list pods, pods/log', { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods', 'pods/log'] }],
    ['get deployments in apps, batch', { verbs: ['get'], apiGroups: ['apps', 'batch'], resources: ['deployments'] }],
    [
      'get events in the core group, events.k8s.io',
      { verbs: ['get'], apiGroups: ['', 'events.k8s.io'], resources: ['events'] },
    ],
    [
      'get deployments in apps named "x", "y"',
      { verbs: ['get'], apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['x', 'y'] },
    ],
    ['any verb on all resources in all API groups', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
    ['get /healthz, /metrics/*', { verbs: ['get'], nonResourceURLs: ['/healthz', '/metrics/*'] }],
    ['any verb on all URLs', { verbs: ['*'], nonResourceURLs: ['*'] }],
  ])('says %s', (text, rule) => {
    expect(ruleText(rule)).toBe(text);
  });
});
