import type { ApiUser } from '../../authentication/user-of-claims';
import { AccessError } from '../../constraints/access-error';
import type { ResolvedResources } from './rbac-policy';

/** A session of an IAM role that has access to a cluster. */
export interface IamSession {
  readonly principalArn: string;
  /** The session as a user in Kubernetes. */
  readonly user: ApiUser;
  /** Whether an EKS access policy makes it an administrator, independently of RBAC. */
  readonly isAdmin: boolean;
}

interface AccessEntry {
  readonly principal_arn: string;
  readonly kubernetes_groups?: readonly string[];
}

interface PolicyAssociation {
  readonly principal_arn: string;
  readonly policy_arn: string;
  readonly access_scope: { readonly type: string };
}

/**
 * One session for each access entry of a `cluster-<key>` stack. Fails for access policies other than that of administrators.
 * @param sessionName the role session name.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function iamSessions(resources: ResolvedResources, sessionName: string): readonly IamSession[] {
  const entries = Object.values(resources.aws_eks_access_entry ?? {}) as readonly AccessEntry[];
  const associations = Object.values(resources.aws_eks_access_policy_association ?? {}) as readonly PolicyAssociation[];
  const admins = new Set(associations.map(administrator));
  return entries.map(({ principal_arn, kubernetes_groups = [] }) => ({
    principalArn: principal_arn,
    user: { name: sessionArn(principal_arn, sessionName), groups: kubernetes_groups },
    isAdmin: admins.has(principal_arn),
  }));
}

function administrator({ principal_arn, policy_arn, access_scope }: PolicyAssociation): string {
  if (!policy_arn.endsWith(':cluster-access-policy/AmazonEKSClusterAdminPolicy') || access_scope.type !== 'cluster') {
    throw new AccessError(
      `The sandbox does not support the access policy ${policy_arn} with the scope ${access_scope.type}.`,
    );
  }
  return principal_arn;
}

/** The ARN of a session in STS, which does not contain the path of the role. */
function sessionArn(principalArn: string, sessionName: string): string {
  const [, partition, account, role] = principalArn.match(/^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/) ?? [];
  if (role === undefined)
    throw new AccessError(`The sandbox supports access entries of IAM roles only, not of ${principalArn}.`);
  return `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`;
}

/**
 * A binding that replaces the access policy of EKS, which has an authorizer of its own beside RBAC.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html
 */
export function adminBinding({ user }: IamSession): object {
  const [role] = user.name.split('/').slice(-2);
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `sandbox:eks-access-policy:${role}` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user.name }],
  };
}
