import { allowancesOf } from '../../../model/review/allowances';

describe('allowancesOf', () => {
  test('lists each resource once, with all of its verbs, the common ones first', () => {
    const rules = [
      { apiGroups: ['', 'apps'], resources: ['pods', 'deployments/scale'], verbs: ['delete', 'get'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['list', 'get', 'evict'] },
    ];

    expect(allowancesOf(rules)).toEqual([
      { verbs: ['get', 'delete'], things: ['deployments.apps/scale', 'deployments/scale', 'pods.apps'] },
      { verbs: ['get', 'list', 'delete', 'evict'], things: ['pods'] },
    ]);
  });

  test.each([
    [{ apiGroups: ['*'], resources: ['*'], verbs: ['*', 'get'] }, ['*'], 'all resources'],
    [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }, ['get'], 'all resources of the core group'],
    [{ apiGroups: ['apps'], resources: ['*'], verbs: ['get'] }, ['get'], 'all resources of apps'],
    [{ apiGroups: ['*'], resources: ['pods'], verbs: ['get'] }, ['get'], 'pods of all API groups'],
    [{ apiGroups: ['apps'], resources: ['*/scale'], verbs: ['get'] }, ['get'], '*.apps/scale'],
    [
      { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['a', 'b'] },
      ['get'],
      'secrets (only a, b)',
    ],
    [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }, ['get'], '/metrics'],
    [{ nonResourceURLs: ['*'], verbs: ['get'] }, ['get'], 'all URLs'],
  ])('shows %j', (rule, verbs, thing) => {
    expect(allowancesOf([rule])).toEqual([{ verbs, things: [thing] }]);
  });

  test('keeps apart what is limited to some objects', () => {
    const rule = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };

    expect(allowancesOf([rule, { ...rule, resourceNames: ['a'] }])).toEqual([
      { verbs: ['get'], things: ['secrets', 'secrets (only a)'] },
    ]);
  });

  test('are none without rules', () => {
    expect(allowancesOf([])).toEqual([]);
  });
});
