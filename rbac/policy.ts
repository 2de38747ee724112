import type { PolicyRule } from './policy-rule';

/** The roles and bindings of a cluster. */
export interface RbacPolicy {
  readonly clusterRoles: readonly ClusterRole[];
  readonly roles: readonly Role[];
  readonly clusterRoleBindings: readonly ClusterRoleBinding[];
  readonly roleBindings: readonly RoleBinding[];
}

/** A role that can be bound in the whole cluster or in any namespace. */
export interface ClusterRole {
  readonly name: string;
  /** @default - none */
  readonly labels?: Labels;
  readonly rules: readonly PolicyRule[];
  /** Selects the roles that replace `rules`. @default - none; the role keeps its `rules` */
  readonly aggregationRule?: AggregationRule;
}

/** Fills a ClusterRole with the rules of every ClusterRole that a selector matches. */
export interface AggregationRule {
  readonly clusterRoleSelectors: readonly { readonly matchLabels: Labels }[];
}

/** Labels of an object, or labels that a selector asks for. */
export type Labels = Readonly<Record<string, string>>;

/** A role of one namespace. */
export interface Role {
  readonly name: string;
  readonly namespace: string;
  readonly rules: readonly PolicyRule[];
}

/** Grants a ClusterRole in the whole cluster. */
export interface ClusterRoleBinding {
  readonly name: string;
  /** Name of the ClusterRole. */
  readonly role: string;
  readonly subjects: readonly Subject[];
}

/** Grants a ClusterRole, or a Role of its namespace, in that namespace. */
export interface RoleBinding {
  readonly name: string;
  readonly namespace: string;
  readonly roleRef: RoleRef;
  readonly subjects: readonly Subject[];
}

/** The role that a RoleBinding grants. */
export interface RoleRef {
  readonly kind: 'ClusterRole' | 'Role';
  readonly name: string;
}

/** Who gets a role. User and group names are case-sensitive. */
export interface Subject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  /** Namespace of a service account. @default - the namespace of the RoleBinding; none in a ClusterRoleBinding */
  readonly namespace?: string;
}
