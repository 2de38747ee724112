import production from '../../../examples/production';
import { clusterPolicy } from '../../../model/derived/cluster-policy';
import { builtInRoles } from '../../../rbac';
import { rbacPolicy } from '../../../sandbox/api-server/rbac-policy';
import { clusterOf } from '../../access-files';
import { type StackJson, synthesizedAccess } from '../../synthesized';

const GROUP = { kind: 'Group' as const, api_group: 'rbac.authorization.k8s.io', name: 'okta:eks-a', namespace: '' };

describe('the RBAC of a synthesized stack', () => {
  test('is that of Kubernetes if the stack is empty', () => {
    expect(rbacPolicy({}, '1.34')).toEqual(builtInRoles('1.34'));
  });

  test('has the roles and bindings of the stack', () => {
    const policy = rbacPolicy(
      {
        kubernetes_namespace_v1: { shop: { metadata: { name: 'shop' } } },
        kubernetes_cluster_role_v1: {
          a: {
            metadata: { name: 'auditor', labels: { team: 'a' } },
            rule: [
              { api_groups: [''], resources: ['pods'], resource_names: ['a'], verbs: ['get'] },
              { non_resource_urls: ['/metrics'], verbs: ['get'] },
            ],
          },
        },
        kubernetes_role_v1: { b: { metadata: { name: 'editor', namespace: 'shop' }, rule: [] } },
        kubernetes_cluster_role_binding_v1: {
          c: {
            metadata: { name: 'oidc-auditor' },
            role_ref: { kind: 'ClusterRole', name: 'auditor' },
            subject: [
              { ...GROUP, namespace: 'default' },
              { kind: 'ServiceAccount', name: 'bot', namespace: 'ops' },
            ],
          },
        },
        kubernetes_role_binding_v1: {
          d: {
            metadata: { name: 'oidc-editor' },
            role_ref: { kind: 'Role', name: 'editor' },
            subject: [GROUP],
          },
        },
      },
      '1.34',
    );

    const bootstrap = builtInRoles('1.34');
    expect(policy.clusterRoles.slice(bootstrap.clusterRoles.length)).toEqual([
      {
        name: 'auditor',
        labels: { team: 'a' },
        rules: [
          { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['a'] },
          { verbs: ['get'], nonResourceURLs: ['/metrics'] },
        ],
      },
    ]);
    expect(policy.roles.slice(bootstrap.roles.length)).toEqual([{ name: 'editor', namespace: 'shop', rules: [] }]);
    expect(policy.clusterRoleBindings.slice(bootstrap.clusterRoleBindings.length)).toEqual([
      {
        name: 'oidc-auditor',
        role: 'auditor',
        subjects: [
          { kind: 'Group', name: 'okta:eks-a' },
          { kind: 'ServiceAccount', name: 'bot', namespace: 'ops' },
        ],
      },
    ]);
    expect(policy.roleBindings.slice(bootstrap.roleBindings.length)).toEqual([
      {
        name: 'oidc-editor',
        namespace: 'default',
        roleRef: { kind: 'Role', name: 'editor' },
        subjects: [{ kind: 'Group', name: 'okta:eks-a' }],
      },
    ]);
  });

  test.each(['production', 'tools'])('equals that of the model for %s of the production example', (key) => {
    const { resource = {} } = synthesizedAccess(production)[`rbac-${key}`] as StackJson;

    const policy = rbacPolicy(resource, '1.35');

    expect(comparable(policy)).toEqual(comparable(clusterPolicy(production, clusterOf(production, key))));
  });

  test('fails for an unknown resource type', () => {
    expect(() => rbacPolicy({ kubernetes_manifest: { a: {} } }, '1.34')).toThrow(
      'The sandbox does not know how kubernetes_manifest affects RBAC.',
    );
  });
});

/** Sorted, because the order of lists in RBAC does not matter. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(comparable).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, comparable(inner)]),
  );
}
