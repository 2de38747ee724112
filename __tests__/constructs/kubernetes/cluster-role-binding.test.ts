import { TerraformVariable } from 'cdktf';
import { ClusterRoleBinding } from '../../../constructs/kubernetes/cluster-role-binding';
import { GroupSubject } from '../../../constructs/kubernetes/group-subject';
import { synthesizedConstructs, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const TYPE = 'kubernetes_cluster_role_binding_v1';

const binding = (subjects: readonly GroupSubject[], props: object = {}) =>
  synthesizedConstructs(
    (stack) => new ClusterRoleBinding(stack, 'Binding', { role: 'cluster-admin', subjects, ...props }),
  );

describe('ClusterRoleBinding', () => {
  test('gives one ClusterRole to a group, under the name oidc-<role>', () => {
    expect(theResource(binding([new GroupSubject('eks-admins')]), TYPE)).toEqual({
      metadata: { name: 'oidc-cluster-admin' },
      role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subject: [{ kind: 'Group', name: 'okta:eks-admins', api_group: 'rbac.authorization.k8s.io', namespace: '' }],
    });
  });

  test('writes the empty namespace of a Group: left out, the provider stores "default"', () => {
    const [subject] = theResource(binding([new GroupSubject('eks-admins')]), TYPE).subject;

    expect(subject.namespace).toBe('');
  });

  test('makes the binding and nothing else', () => {
    const stack = binding([new GroupSubject('eks-admins')]);

    expect(Object.keys(stack.resource ?? {})).toEqual([TYPE]);
    expect(stack.data).toBeUndefined();
  });

  test('has the name that it is given', () => {
    const { metadata } = theResource(binding([new GroupSubject('eks-admins')], { name: 'admins' }), TYPE);

    expect(metadata).toEqual({ name: 'admins' });
  });

  test.each([
    ['in order', ['a', 'b', 'c']],
    ['in reverse', ['c', 'b', 'a']],
    ['mixed', ['b', 'c', 'a']],
  ])('keeps subjects sorted where they are given %s', (_case, groups) => {
    const { subject } = theResource(binding(Object.freeze(groups.map((group) => new GroupSubject(group)))), TYPE);

    expect(subject.map(({ name }: { name: string }) => name)).toEqual(['okta:a', 'okta:b', 'okta:c']);
  });

  test('fails without a subject', () => {
    expect(() => binding([])).toThrow(
      constructError(
        'test/Binding',
        'This binding grants the role cluster-admin to nobody.',
        'Given: no subjects.',
        'Allowed: at least one subject.',
        'Fix: Add a group, or remove the binding.',
      ),
    );
  });

  test("fails for each subject that is one of Kubernetes' own", () => {
    const problem = (given: string) =>
      [
        'In Kubernetes, this group would become a reserved group, such as system:masters.',
        `Given: '${given}'.`,
        "Allowed: a prefix and group that together do not start with 'system:'.",
        'Fix: Rename the group, or set a prefix such as okta:.',
      ].join(' ');

    const build = () =>
      binding([
        new GroupSubject('system:masters', ''),
        new GroupSubject('eks-admins'),
        new GroupSubject('nodes', 'system:'),
      ]);

    expect(build).toThrow(
      constructError('test/Binding', `${problem('system:masters')}\n\n  test/Binding\n    ${problem('system:nodes')}`),
    );
  });

  test('takes a role and a group that only Terraform knows', () => {
    const stack = synthesizedConstructs((scope) => {
      const role = new TerraformVariable(scope, 'role', {}).stringValue;
      const group = new TerraformVariable(scope, 'group', {}).stringValue;
      new ClusterRoleBinding(scope, 'Binding', { role, subjects: [new GroupSubject(group)] });
    });

    expect(theResource(stack, TYPE)).toMatchObject({
      metadata: { name: 'oidc-${var.role}' },
      role_ref: { name: '${var.role}' },
      subject: [{ name: 'okta:${var.group}' }],
    });
  });
});
