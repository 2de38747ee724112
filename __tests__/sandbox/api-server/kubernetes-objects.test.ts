import { expectedNamespaces, kubernetesObjects } from '../../../sandbox/api-server/kubernetes-objects';

describe('the Kubernetes objects of a stack', () => {
  test('are a cluster role with the field names of the API', () => {
    const objects = kubernetesObjects({
      kubernetes_cluster_role_v1: {
        Auditor: {
          metadata: { name: 'auditor', labels: { snake_case: 'kept' } },
          rule: [
            { api_groups: [''], resources: ['pods'], resource_names: ['a'], verbs: ['get'] },
            { non_resource_urls: ['/metrics'], verbs: ['get'] },
          ],
        },
      },
    });

    expect(objects).toEqual([
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'auditor', labels: { snake_case: 'kept' } },
        rules: [
          { apiGroups: [''], resources: ['pods'], resourceNames: ['a'], verbs: ['get'] },
          { nonResourceURLs: ['/metrics'], verbs: ['get'] },
        ],
      },
    ]);
  });

  test('are a binding, in which a service account has a namespace and a group has none', () => {
    const objects = kubernetesObjects({
      kubernetes_role_binding_v1: {
        Edit: {
          metadata: { name: 'oidc-edit', namespace: 'shop' },
          role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
          subject: [
            { api_group: 'rbac.authorization.k8s.io', kind: 'Group', name: 'okta:eks-dev', namespace: '' },
            { kind: 'ServiceAccount', name: 'ci', namespace: 'shop' },
          ],
        },
      },
    });

    expect(objects).toEqual([
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'oidc-edit', namespace: 'shop' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
        subjects: [
          { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'okta:eks-dev' },
          { kind: 'ServiceAccount', name: 'ci', namespace: 'shop' },
        ],
      },
    ]);
  });

  test('are a network policy with ports as numbers or names', () => {
    const objects = kubernetesObjects({
      kubernetes_network_policy_v1: {
        Allow: {
          metadata: { name: 'allow', namespace: 'shop' },
          spec: {
            ingress: [
              {
                from: [{ namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'ingress_nginx' } } }],
                ports: [
                  { port: '8080', protocol: 'TCP' },
                  { port: 'http', protocol: 'TCP' },
                ],
              },
            ],
            pod_selector: {},
            policy_types: ['Ingress'],
          },
        },
      },
    });

    expect(objects).toEqual([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'allow', namespace: 'shop' },
        spec: {
          ingress: [
            {
              from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress_nginx' } } }],
              ports: [
                { port: 8080, protocol: 'TCP' },
                { port: 'http', protocol: 'TCP' },
              ],
            },
          ],
          podSelector: {},
          policyTypes: ['Ingress'],
        },
      },
    ]);
  });

  test('are a quota with unchanged resource names', () => {
    const [quota] = kubernetesObjects({
      kubernetes_resource_quota_v1: {
        Quota: {
          metadata: { name: 'quota', namespace: 'shop' },
          spec: { hard: { 'requests.cpu': '20', count_x: '1' } },
        },
      },
    });

    expect(quota).toEqual({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'quota', namespace: 'shop' },
      spec: { hard: { 'requests.cpu': '20', count_x: '1' } },
    });
  });

  test('are the labels of an existing object', () => {
    const objects = kubernetesObjects({
      kubernetes_labels: {
        Labels: { api_version: 'v1', kind: 'Namespace', metadata: { name: 'shop' }, labels: { a_b: 'c' }, force: true },
      },
    });

    expect(objects).toEqual([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { a_b: 'c' } } },
    ]);
  });

  test('are an unchanged manifest, after the namespaces', () => {
    const manifest = { apiVersion: 'x/v1', kind: 'Thing', metadata: { name: 'thing' }, spec: { snake_case: [''] } };

    const objects = kubernetesObjects({
      kubernetes_manifest: { Thing: { field_manager: { force_conflicts: true }, manifest } },
      kubernetes_namespace_v1: { Shop: { metadata: { name: 'shop' } } },
    });

    expect(objects).toEqual([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, manifest]);
  });

  test('fails for an unknown resource type', () => {
    expect(() => kubernetesObjects({ kubernetes_secret_v1: { Secret: {} } })).toThrow(
      'The sandbox does not support the resource type kubernetes_secret_v1.',
    );
  });
});

test('namespaces of objects must exist if neither the objects nor Kubernetes create them', () => {
  const role = (namespace?: string) => ({
    apiVersion: 'v1',
    kind: 'Role',
    metadata: { name: 'x', ...(namespace && { namespace }) },
  });
  const objects = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'made' } },
    ...['made', 'default', 'kube-system', 'b', 'a', 'b', undefined].map(role),
  ];

  expect(expectedNamespaces(objects)).toEqual(['a', 'b']);
});
