import { type ClusterRole, effectiveRules, type Labels, type PolicyRule } from '../../rbac';

const [A, B, C] = ['a', 'b', 'c'].map(
  (resource): PolicyRule => ({ verbs: ['get'], apiGroups: [''], resources: [resource] }),
) as [PolicyRule, PolicyRule, PolicyRule];

/** A cluster role that is filled with those that have all the labels of any of the selectors. */
function aggregated(name: string, selectors: readonly Labels[], more: Partial<ClusterRole> = {}): ClusterRole {
  const clusterRoleSelectors = selectors.map((matchLabels) => ({ matchLabels }));
  return { name, rules: [], aggregationRule: { clusterRoleSelectors }, ...more };
}

describe('effectiveRules', () => {
  test('are the rules of a plain role', () => {
    expect(effectiveRules([{ name: 'plain', rules: [A, B] }], 'plain')).toEqual([A, B]);
  });

  test('are none where there is no such role', () => {
    expect(effectiveRules([{ name: 'plain', rules: [A] }], 'other')).toEqual([]);
  });

  test('are those of every role with the label', () => {
    const roles = [
      aggregated('all', [{ to: 'all' }]),
      { name: 'a', labels: { to: 'all', more: 'x' }, rules: [A] },
      { name: 'b', labels: { to: 'all' }, rules: [B] },
      { name: 'other value', labels: { to: 'none' }, rules: [C] },
      { name: 'other label', labels: { all: 'to' }, rules: [C] },
      { name: 'no label', rules: [C] },
    ];

    expect(effectiveRules(roles, 'all')).toEqual([A, B]);
  });

  test('are those of roles with all labels of one of the selectors', () => {
    const roles = [
      aggregated('all', [{ x: '1', y: '1' }, { z: '1' }]),
      { name: 'a', labels: { x: '1', y: '1' }, rules: [A] },
      { name: 'b', labels: { z: '1' }, rules: [B] },
      { name: 'c', labels: { x: '1' }, rules: [C] },
    ];

    expect(effectiveRules(roles, 'all')).toEqual([A, B]);
  });

  test('are those of every other role for a selector without labels', () => {
    const roles = [aggregated('all', [{}]), { name: 'a', rules: [A] }, { name: 'b', labels: { x: '1' }, rules: [B] }];

    expect(effectiveRules(roles, 'all')).toEqual([A, B]);
  });

  test('take the place of those that are written in the role', () => {
    const roles = [
      aggregated('all', [{ to: 'all' }], { rules: [C] }),
      { name: 'a', labels: { to: 'all' }, rules: [A] },
    ];

    expect(effectiveRules(roles, 'all')).toEqual([A]);
  });

  test('are those that are written in the role if no role with the label has any', () => {
    const roles = [aggregated('all', [{ to: 'all' }], { rules: [C] }), { name: 'a', labels: { to: 'all' }, rules: [] }];

    expect(effectiveRules(roles, 'all')).toEqual([C]);
  });

  test('do not come from the role itself', () => {
    const roles = [
      aggregated('all', [{ to: 'all' }], { labels: { to: 'all' }, rules: [C] }),
      { name: 'a', labels: { to: 'all' }, rules: [A] },
    ];

    expect(effectiveRules(roles, 'all')).toEqual([A]);
  });

  test.each(['first to last', 'last to first'])('pass through aggregated roles, listed from the %s', (order) => {
    const chain = [
      { name: 'a', labels: { to: '1' }, rules: [A] },
      aggregated('1', [{ to: '1' }], { labels: { to: '2' } }),
      aggregated('2', [{ to: '2' }], { labels: { to: '3' } }),
      aggregated('3', [{ to: '3' }]),
    ];
    const roles = order === 'first to last' ? chain : chain.reverse();

    expect(effectiveRules(roles, '3')).toEqual([A]);
  });

  test('pass through aggregated roles that aggregate each other', () => {
    const roles = [
      aggregated('1', [{ to: '1' }], { labels: { to: '2' } }),
      aggregated('2', [{ to: '2' }], { labels: { to: '1' } }),
      { name: 'a', labels: { to: '1' }, rules: [A] },
      { name: 'b', labels: { to: '2' }, rules: [B] },
    ];

    expect(effectiveRules(roles, '1')).toEqual(expect.arrayContaining([A, B]));
    expect(effectiveRules(roles, '2')).toEqual(expect.arrayContaining([A, B]));
    expect(effectiveRules(roles, '1')).toHaveLength(2);
  });

  test('contain a rule once that arrives by two ways', () => {
    const roles = [
      aggregated('1', [{ to: '1' }], { labels: { to: '2' } }),
      aggregated('2', [{ to: '1' }, { to: '2' }]),
      { name: 'a', labels: { to: '1' }, rules: [A] },
    ];

    expect(effectiveRules(roles, '2')).toEqual([A]);
  });
});
