import { GroupSubject } from '../../../constructs/kubernetes/group-subject';
import { Namespace } from '../../../constructs/kubernetes/namespace';
import { RoleBinding } from '../../../constructs/kubernetes/role-binding';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const TYPE = 'kubernetes_role_binding_v1';

const binding = (subjects: readonly GroupSubject[], props: object = {}) =>
  synthesizedConstructs((stack) => {
    const namespace = Namespace.fromName(stack, 'Namespace', 'team-a');
    new RoleBinding(stack, 'Binding', { namespace, role: 'edit', roleKind: 'ClusterRole', subjects, ...props });
  });

describe('RoleBinding', () => {
  test('gives a ClusterRole to a group in a namespace, under the name oidc-<role>, and nothing else is made', () => {
    const stack = binding([new GroupSubject('eks-developers')]);

    expect(theResource(stack, TYPE)).toEqual({
      metadata: { name: 'oidc-edit', namespace: 'team-a' },
      role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
      subject: [{ kind: 'Group', name: 'okta:eks-developers', api_group: 'rbac.authorization.k8s.io', namespace: '' }],
    });
    expect(Object.keys(stack.resource ?? {})).toEqual([TYPE]);
  });

  test('gives a role of the namespace', () => {
    const { role_ref } = theResource(binding([new GroupSubject('a')], { roleKind: 'Role' }), TYPE);

    expect(role_ref).toEqual({ api_group: 'rbac.authorization.k8s.io', kind: 'Role', name: 'edit' });
  });

  test('has the name that it is given, apart from the role', () => {
    const { metadata, role_ref } = theResource(
      binding([new GroupSubject('a')], { name: 'oidc-namespace-admin', role: 'admin' }),
      TYPE,
    );

    expect(metadata.name).toBe('oidc-namespace-admin');
    expect(role_ref.name).toBe('admin');
  });

  test('keeps subjects sorted', () => {
    const { subject } = theResource(binding(['b', 'c', 'a'].map((group) => new GroupSubject(group))), TYPE);

    expect(subject.map(({ name }: { name: string }) => name)).toEqual(['okta:a', 'okta:b', 'okta:c']);
  });

  test('waits for a namespace that is made', () => {
    const stack = synthesizedConstructs((scope) => {
      const namespace = new Namespace(scope, 'Namespace', { name: 'team-a' });
      const subjects = [new GroupSubject('a')];
      new RoleBinding(scope, 'Binding', { namespace, role: 'edit', roleKind: 'ClusterRole', subjects });
    });

    expect(theResource(stack, TYPE).depends_on).toEqual([theAddress(stack, 'kubernetes_namespace_v1')]);
  });

  test('fails without a subject', () => {
    expect(() => binding([])).toThrow(
      constructError(
        'test/Binding',
        'This binding grants the role edit to nobody.',
        'Given: no subjects.',
        'Allowed: at least one subject.',
        'Fix: Add a group, or remove the binding.',
      ),
    );
  });

  test("fails for a subject that is one of Kubernetes' own", () => {
    expect(() => binding([new GroupSubject('system:masters', '')])).toThrow(
      constructError(
        'test/Binding',
        'In Kubernetes, this group would become a reserved group, such as system:masters.',
        "Given: 'system:masters'.",
        "Allowed: a prefix and group that together do not start with 'system:'.",
        'Fix: Rename the group, or set a prefix such as okta:.',
      ),
    );
  });
});
