import { rolesAreAggregated } from '../../../sandbox/api-server/aggregated-roles';

const getPods = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const getJobs = { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get'] };

function part(label: string, rules: readonly object[]): object {
  return { metadata: { name: `part-${label}`, labels: { [label]: 'true' } }, rules };
}

function whole(name: string, label: string, rules: readonly object[] | null): object {
  return {
    metadata: { name, labels: { 'to-edit': 'true' } },
    rules,
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: 'true' } }] },
  };
}

describe('aggregated roles', () => {
  test('are complete when each has the rules of the roles that it selects', () => {
    const roles = [
      part('to-view', [getPods]),
      whole('view', 'to-view', [getPods]),
      whole('edit', 'to-edit', [getPods]),
    ];

    expect(rolesAreAggregated(roles)).toBe(true);
  });

  test.each([
    ['there are none yet', []],
    ['view has no rules yet', [part('to-view', []), whole('view', 'to-view', null)]],
    ['view lacks one', [part('to-view', [getPods, getJobs]), whole('view', 'to-view', [getPods])]],
    [
      'a role lacks the rules that another one has aggregated',
      [part('to-view', [getPods]), whole('view', 'to-view', [getPods]), whole('edit', 'to-edit', [getJobs])],
    ],
  ])('are not complete when %s', (_name, roles) => {
    expect(rolesAreAggregated(roles)).toBe(false);
  });
});
