import { type AccessRequest, authorizer, builtInRoles, type PolicyRule } from '../../../rbac';
import { invalidParameter } from '../aws-error';
import type { AssociatedPolicy } from './cluster';

const READ_EVERYTHING: readonly PolicyRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
  { nonResourceURLs: ['*'], verbs: ['get'] },
];

/**
 * The access policies for people, and the Kubernetes role that each is like.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
const POLICIES: Readonly<Record<string, 'cluster-admin' | 'admin' | 'edit' | 'view' | readonly PolicyRule[]>> = {
  AmazonEKSClusterAdminPolicy: 'cluster-admin',
  AmazonEKSAdminPolicy: 'admin',
  AmazonEKSEditPolicy: 'edit',
  AmazonEKSViewPolicy: 'view',
  AmazonEKSAdminViewPolicy: READ_EVERYTHING,
};

export const ACCESS_POLICY_NAMES: readonly string[] = Object.keys(POLICIES);

export function accessPolicyArn(name: string, partition: string): string {
  return `arn:${partition}:eks::aws:cluster-access-policy/${name}`;
}

/** Fails for a policy that the local EKS does not have. */
export function verifyPolicy(policyArn: string, partition: string): void {
  if (ACCESS_POLICY_NAMES.some((name) => accessPolicyArn(name, partition) === policyArn)) return;
  throw invalidParameter(
    `The policyArn parameter format is not valid, or the local EKS does not have the policy ${policyArn}. It has ${ACCESS_POLICY_NAMES.join(', ')}.`,
  );
}

/** Decides by access policies, as the authorizer of EKS beside RBAC does. */
export type PolicyAuthorizer = (policies: Iterable<AssociatedPolicy>, request: AccessRequest) => boolean;

/** @param version the Kubernetes version of the API server, whose roles the policies are like. */
export function policyAuthorizer(version: string): PolicyAuthorizer {
  const { clusterRoles } = builtInRoles(version);
  const own = Object.entries(POLICIES).flatMap(([name, rules]) => (typeof rules === 'string' ? [] : [{ name, rules }]));
  const roles = [...clusterRoles, ...own];
  // The subject is the name of the policy.
  const decide = authorizer({
    ...{ clusterRoles: roles, roles: [], roleBindings: [] },
    clusterRoleBindings: Object.entries(POLICIES).map(([name, role]) => ({
      ...{ name, role: typeof role === 'string' ? role : name },
      subjects: [{ kind: 'User', name }],
    })),
  });
  return (policies, request) =>
    [...policies].some(({ policyArn, accessScope }) => {
      const user = policyArn.split('/').at(-1) as string;
      return isInScope(accessScope, request) && decide({ user, groups: [] }, request).allowed;
    });
}

function isInScope({ type, namespaces }: AssociatedPolicy['accessScope'], request: AccessRequest): boolean {
  if (type === 'cluster') return true;
  const { namespace } = 'path' in request ? {} : request;
  return namespace !== undefined && namespaces.some((pattern) => matches(pattern, namespace));
}

/** A namespace of a scope may have wildcards, such as `dev-*`. */
function matches(pattern: string, namespace: string): boolean {
  const expression = pattern.split('*').map((part) => part.replaceAll(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${expression.join('.*')}$`).test(namespace);
}
