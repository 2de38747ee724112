import { Namespace } from '../../../constructs/kubernetes/namespace';
import { NamespacedRole } from '../../../constructs/kubernetes/namespaced-role';
import type { PolicyRule } from '../../../rbac/policy-rule';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const TYPE = 'kubernetes_role_v1';
const PODS: PolicyRule = { apiGroups: [''], resources: ['services', 'pods'], verbs: ['list', 'get'] };

const role = (rules: readonly PolicyRule[]) =>
  synthesizedConstructs((stack) => {
    const namespace = Namespace.fromName(stack, 'Namespace', 'default');
    new NamespacedRole(stack, 'Role', { name: 'restricted-user', namespace, rules });
  });

describe('NamespacedRole', () => {
  test('has a name, its namespace and sorted rules, and nothing else is made', () => {
    const stack = role([
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'], resourceNames: ['web'] },
      PODS,
    ]);

    expect(theResource(stack, TYPE)).toEqual({
      metadata: { name: 'restricted-user', namespace: 'default' },
      rule: [
        { api_groups: [''], resources: ['pods', 'services'], verbs: ['get', 'list'] },
        { api_groups: ['apps'], resources: ['deployments'], verbs: ['get'], resource_names: ['web'] },
      ],
    });
    expect(Object.keys(stack.resource ?? {})).toEqual([TYPE]);
  });

  test('waits for a namespace that is made, and names it in plain text', () => {
    const stack = synthesizedConstructs((scope) => {
      const namespace = new Namespace(scope, 'Namespace', { name: 'team-a' });
      new NamespacedRole(scope, 'Role', { name: 'restricted-user', namespace, rules: [PODS] });
    });

    const { depends_on, metadata } = theResource(stack, TYPE);
    expect(metadata.namespace).toBe('team-a');
    expect(depends_on).toEqual([theAddress(stack, 'kubernetes_namespace_v1')]);
  });

  test('fails for URLs, which are in no namespace', () => {
    expect(() => role([{ nonResourceURLs: ['/healthz'], verbs: ['get'] }])).toThrow(
      constructError(
        'test/Role',
        'URLs are not in a namespace, so Kubernetes refuses them in a namespaced role.',
        "Given: '/healthz'.",
        'Allowed: apiGroups with resources.',
        'Fix: Move the URLs to a role for the whole cluster.',
      ),
    );
  });
});
