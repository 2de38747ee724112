import { adminBinding, iamSessions } from '../../../sandbox/api-server/iam-access';

const ROLE = 'arn:aws:iam::111122223333:role/teams/on-call';
const POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

const ENTRY = { principal_arn: ROLE, kubernetes_groups: ['break-glass'] };

function association(policy_arn: string, type: string): object {
  return { principal_arn: ROLE, policy_arn, access_scope: { type } };
}

describe('access by IAM', () => {
  test('is a session of the role, without its path, with the groups of the entry', () => {
    const sessions = iamSessions({ aws_eks_access_entry: { OnCall: ENTRY } }, 'ana');

    expect(sessions).toEqual([
      {
        principalArn: ROLE,
        user: { name: 'arn:aws:sts::111122223333:assumed-role/on-call/ana', groups: ['break-glass'] },
        isAdmin: false,
      },
    ]);
  });

  test('is that of an administrator only with the access policy of administrators', () => {
    const sessions = iamSessions(
      {
        aws_eks_access_entry: { OnCall: ENTRY, Other: { principal_arn: 'arn:aws:iam::111122223333:role/other' } },
        aws_eks_access_policy_association: { OnCall: association(POLICY, 'cluster') },
      },
      'ana',
    );

    expect(sessions.map(({ isAdmin }) => isAdmin)).toEqual([true, false]);
    expect(sessions[1]?.user.groups).toEqual([]);
  });

  test('is empty if the stack has no access entries', () => {
    expect(iamSessions({}, 'ana')).toEqual([]);
  });

  test.each([
    ['arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', 'cluster'],
    [POLICY, 'namespace'],
  ])('fails for the access policy %s with the scope %s', (policy, scope) => {
    const resources = {
      aws_eks_access_entry: { OnCall: ENTRY },
      aws_eks_access_policy_association: { OnCall: association(policy, scope) },
    };

    expect(() => iamSessions(resources, 'ana')).toThrow(
      `The sandbox does not support the access policy ${policy} with the scope ${scope}.`,
    );
  });

  test('fails for a principal that is not a role', () => {
    const resources = { aws_eks_access_entry: { Ana: { principal_arn: 'arn:aws:iam::111122223333:user/ana' } } };

    expect(() => iamSessions(resources, 'ana')).toThrow(
      'The sandbox supports access entries of IAM roles only, not of arn:aws:iam::111122223333:user/ana.',
    );
  });

  test('of an administrator is a binding to the session alone', () => {
    const user = { name: 'arn:aws:sts::111122223333:assumed-role/on-call/ana', groups: ['break-glass'] };

    const binding = adminBinding({ principalArn: ROLE, user, isAdmin: true });

    expect(binding).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'sandbox:eks-access-policy:on-call' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user.name }],
    });
  });
});
