import { rulesCover } from '../../rbac/rules-cover';

const PODS = { apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list'] };
const URLS = { nonResourceURLs: ['/healthz', '/metrics/*'], verbs: ['get'] };

describe('rulesCover', () => {
  test.each([
    ['the same rule', PODS, PODS],
    ['other orders', PODS, { ...PODS, resources: ['services', 'pods'], verbs: ['list', 'get'] }],
    ['fewer verbs', PODS, { ...PODS, verbs: ['list'] }],
    ['fewer resources', PODS, { ...PODS, resources: ['services'] }],
    ['names of what all names were', PODS, { ...PODS, resourceNames: ['a'] }],
    ['fewer names', { ...PODS, resourceNames: ['a', 'b'] }, { ...PODS, resourceNames: ['b'] }],
    ['a part of every verb', { ...PODS, verbs: ['*'] }, PODS],
    ['every verb of every verb', { ...PODS, verbs: ['*'] }, { ...PODS, verbs: ['*'] }],
    ['a part of every resource', { ...PODS, resources: ['*'] }, { ...PODS, resources: ['pods/exec'] }],
    ['a part of every API group', { ...PODS, apiGroups: ['*'] }, PODS],
    ['a subresource of every resource', { ...PODS, resources: ['*/scale'] }, { ...PODS, resources: ['pods/scale'] }],
    ['fewer URLs', URLS, { ...URLS, nonResourceURLs: ['/healthz'] }],
    ['a URL below', URLS, { ...URLS, nonResourceURLs: ['/metrics/slis'] }],
    ['a pattern below', URLS, { ...URLS, nonResourceURLs: ['/metrics/a/*'] }],
    ['nothing', PODS, { verbs: [] }],
  ])('is true for %s', (_, old, rule) => {
    expect(rulesCover([old], rule)).toBe(true);
  });

  test.each([
    ['one more verb', PODS, { ...PODS, verbs: ['get', 'list', 'watch'] }],
    ['one more resource', PODS, { ...PODS, resources: ['pods', 'services', 'secrets'] }],
    ['another API group', PODS, { ...PODS, apiGroups: ['apps'] }],
    ['a subresource', PODS, { ...PODS, resources: ['pods/exec'] }],
    ['every verb', PODS, { ...PODS, verbs: ['*'] }],
    ['every resource', PODS, { ...PODS, resources: ['*'] }],
    ['every API group', PODS, { ...PODS, apiGroups: ['*'] }],
    ['all names where some were', { ...PODS, resourceNames: ['a'] }, PODS],
    ['one more name', { ...PODS, resourceNames: ['a'] }, { ...PODS, resourceNames: ['a', 'b'] }],
    ['the subresource of another name', { ...PODS, resources: ['*/scale'] }, { ...PODS, resources: ['pods/status'] }],
    ['another URL', URLS, { ...URLS, nonResourceURLs: ['/healthz', '/version'] }],
    ['a pattern above', URLS, { ...URLS, nonResourceURLs: ['/*'] }],
    [
      'a pattern where one URL was',
      { ...URLS, nonResourceURLs: ['/healthz'] },
      { ...URLS, nonResourceURLs: ['/healthz*'] },
    ],
    ['URLs where resources were', { ...PODS, resources: ['*'] }, URLS],
    ['resources where URLs were', { ...URLS, nonResourceURLs: ['*'] }, PODS],
  ])('is false for %s', (_, old, rule) => {
    expect(rulesCover([old], rule)).toBe(false);
  });

  test('is true for what several rules allow together, and false without one of them', () => {
    const rules = PODS.verbs.flatMap((verb) =>
      PODS.resources.map((name) => ({ ...PODS, verbs: [verb], resources: [name] })),
    );

    expect(rulesCover(rules, PODS)).toBe(true);
    expect(rulesCover(rules.slice(1), PODS)).toBe(false);
  });
});
