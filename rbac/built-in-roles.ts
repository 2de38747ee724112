import { kubernetesData } from './kubernetes/kubernetes-data';
import type { Labels, RbacPolicy } from './policy';

/** Kubernetes' own user-facing roles. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
export const BUILT_IN_ROLES = ['cluster-admin', 'admin', 'edit', 'view'] as const;

/** The name of a user-facing role. */
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

/** The roles of Kubernetes that other ClusterRoles widen by a label. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles */
export const AGGREGATED_ROLES = ['view', 'edit', 'admin'] as const satisfies readonly BuiltInRole[];

/** The name of a role that other ClusterRoles widen. */
export type AggregatedRole = (typeof AGGREGATED_ROLES)[number];

/** The labels with which a ClusterRole widens some of these roles. */
export function aggregationLabels(roles: readonly AggregatedRole[]): Labels {
  return Object.fromEntries(
    AGGREGATED_ROLES.filter((role) => roles.includes(role)).map((role) => [
      `rbac.authorization.k8s.io/aggregate-to-${role}`,
      'true',
    ]),
  );
}

/**
 * The roles and bindings that the API server of a version such as `1.34` creates, with default feature gates: for users,
 * for discovery, and for Kubernetes' own components and controllers. Versions before the oldest with data get the roles
 * of the oldest, versions after the newest those of the newest. EKS enables the beta of DynamicResourceAllocation in
 * 1.33, whose rules are not included.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html
 */
export function builtInRoles(version: string): RbacPolicy {
  return kubernetesData(version).rbac;
}
