import { apiGroupOf } from '../../../model/rbac';

describe('apiGroupOf', () => {
  test.each([
    ['pods', ''],
    ['secrets', ''],
    ['nodes', ''],
    ['events', ''],
    ['deployments', 'apps'],
    ['cronjobs', 'batch'],
    ['ingresses', 'networking.k8s.io'],
    ['clusterroles', 'rbac.authorization.k8s.io'],
    ['rolebindings', 'rbac.authorization.k8s.io'],
    ['horizontalpodautoscalers', 'autoscaling'],
    ['customresourcedefinitions', 'apiextensions.k8s.io'],
    ['selfsubjectaccessreviews', 'authorization.k8s.io'],
  ])('knows that %s are of the group %j', (resource, group) => {
    expect(apiGroupOf(resource)).toBe(group);
  });

  test('knows nothing of custom resources', () => {
    expect(apiGroupOf('widgets')).toBeUndefined();
  });
});
