import { ClusterRole } from '../../../constructs/kubernetes/cluster-role';
import type { PolicyRule } from '../../../rbac/policy-rule';
import { synthesizedConstructs, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const TYPE = 'kubernetes_cluster_role_v1';

const role = (rules: readonly PolicyRule[]) =>
  synthesizedConstructs((stack) => new ClusterRole(stack, 'Role', { name: 'platform', rules }));

describe('ClusterRole', () => {
  test('has a name and rules, and nothing else is made', () => {
    const stack = role([
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'], resourceNames: ['web'] },
      { nonResourceURLs: ['/metrics'], verbs: ['get'] },
    ]);

    expect(theResource(stack, TYPE)).toEqual({
      metadata: { name: 'platform' },
      rule: [
        { api_groups: ['apps'], resources: ['deployments'], verbs: ['get'], resource_names: ['web'] },
        { non_resource_urls: ['/metrics'], verbs: ['get'] },
      ],
    });
    expect(Object.keys(stack.resource ?? {})).toEqual([TYPE]);
  });

  test('leaves empty lists out', () => {
    const { rule } = theResource(
      role([{ apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: [], nonResourceURLs: [] }]),
      TYPE,
    );

    expect(rule).toEqual([{ api_groups: [''], resources: ['pods'], verbs: ['get'] }]);
  });

  test('sorts rules and what is in them, each once, whatever order they are given in', () => {
    const rules: PolicyRule[] = [
      { apiGroups: ['apps', ''], resources: ['pods', 'daemonsets'], verbs: ['list', 'get', 'list'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: ['b', 'a'] },
      { nonResourceURLs: ['/metrics', '/healthz'], verbs: ['get'] },
    ];

    const given = theResource(role(Object.freeze(rules)), TYPE);
    const reversed = theResource(role([...rules].reverse()), TYPE);

    expect(given.rule).toEqual([
      { api_groups: ['', 'apps'], resources: ['daemonsets', 'pods'], verbs: ['get', 'list'] },
      { api_groups: [''], resources: ['pods'], verbs: ['get'], resource_names: ['a', 'b'] },
      { non_resource_urls: ['/healthz', '/metrics'], verbs: ['get'] },
    ]);
    expect(reversed).toEqual(given);
  });

  test('fails without rules', () => {
    expect(() => role([])).toThrow(
      constructError(
        'test/Role',
        'Without rules, the role would keep those that it has: Terraform plans no change when the last rule is removed.',
        'Given: no rules.',
        'Allowed: at least one rule.',
        'Fix: Add a rule, or remove the role.',
      ),
    );
  });

  test('takes URLs, which only a role of a whole cluster may have', () => {
    expect(theResource(role([{ nonResourceURLs: ['*'], verbs: ['get'] }]), TYPE).rule).toEqual([
      { non_resource_urls: ['*'], verbs: ['get'] },
    ]);
  });
});
