import { GroupSubject } from '../../../constructs/kubernetes/group-subject';

describe('GroupSubject', () => {
  test('is the prefix okta: and the name of the group, case included', () => {
    expect(new GroupSubject('EKS-Admins').name).toBe('okta:EKS-Admins');
  });

  test.each([
    ['corp:', 'corp:eks-admins'],
    ['', 'eks-admins'],
  ])('with the prefix %p is %p', (prefix, name) => {
    expect(new GroupSubject('eks-admins', prefix).name).toBe(name);
  });

  test('has an empty namespace: the provider would write default, which a Group must not have', () => {
    expect(new GroupSubject('eks-admins').toSubject()).toEqual({
      kind: 'Group',
      name: 'okta:eks-admins',
      apiGroup: 'rbac.authorization.k8s.io',
      namespace: '',
    });
  });

  test.each([
    ['eks-admins', 'okta:'],
    ['eks-admins', ''],
    ['system:masters', 'okta:'],
    ['eks-system:masters', ''],
  ])('finds nothing wrong with the group %p after the prefix %p', (group, prefix) => {
    expect(new GroupSubject(group, prefix).finding()).toBeUndefined();
  });

  test.each([
    ['system:masters', '', 'system:masters'],
    ['masters', 'system:', 'system:masters'],
    ['tem:masters', 'sys', 'system:masters'],
  ])("finds that the group %p after the prefix %p is one of Kubernetes' own", (group, prefix, given) => {
    expect(new GroupSubject(group, prefix).finding()).toEqual({
      message: 'In Kubernetes, this group would become a reserved group, such as system:masters.',
      given: `'${given}'`,
      allowed: "a prefix and group that together do not start with 'system:'",
      fix: 'Rename the group, or set a prefix such as okta:.',
    });
  });
});
