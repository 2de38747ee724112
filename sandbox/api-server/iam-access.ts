import type { ApiUser } from './api-server';
import type { ResolvedResources } from './rbac-policy';

/** A role of IAM that may enter a cluster, as one of its sessions is seen by Kubernetes. */
export interface IamSession {
  readonly principalArn: string;
  readonly user: ApiUser;
  /** Whether an access policy of EKS makes it an administrator, whatever RBAC says. */
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
 * The sessions that the access entries of a `cluster-<key>` stack let in; it grants no access policy but that of administrators.
 * @param sessionName what the caller named its session.
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
    throw new Error(`The sandbox does not know the access policy ${policy_arn} with the scope ${access_scope.type}.`);
  }
  return principal_arn;
}

/** The session's name in STS, in which the path of a role does not appear. */
function sessionArn(principalArn: string, sessionName: string): string {
  const [, partition, account, role] = principalArn.match(/^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/) ?? [];
  if (role === undefined) throw new Error(`The sandbox knows access entries of roles only, not of ${principalArn}.`);
  return `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`;
}

/**
 * What stands in for EKS' access policy: an authorizer beside RBAC there, a binding here.
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
