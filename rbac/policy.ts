import type { PolicyRule } from './policy-rule';

/** The roles and bindings of a cluster. */
export interface RbacPolicy {
  readonly clusterRoles: readonly ClusterRole[];
  readonly roles: readonly Role[];
  readonly clusterRoleBindings: readonly ClusterRoleBinding[];
  readonly roleBindings: readonly RoleBinding[];
}

export interface ClusterRole {
  readonly name: string;
  /** @default - none */
  readonly labels?: Labels;
  readonly rules: readonly PolicyRule[];
  /** Where its rules come from instead. @default - its rules are its own */
  readonly aggregationRule?: AggregationRule;
}

/** Fills a cluster role with the rules of all cluster roles that one of the selectors finds. */
export interface AggregationRule {
  readonly clusterRoleSelectors: readonly { readonly matchLabels: Labels }[];
}

export type Labels = Readonly<Record<string, string>>;

export interface Role {
  readonly name: string;
  readonly namespace: string;
  readonly rules: readonly PolicyRule[];
}

/** Gives a cluster role everywhere. */
export interface ClusterRoleBinding {
  readonly name: string;
  /** Name of the cluster role. */
  readonly role: string;
  readonly subjects: readonly Subject[];
}

/** Gives a cluster role, or a role of its namespace, in its namespace. */
export interface RoleBinding {
  readonly name: string;
  readonly namespace: string;
  readonly roleRef: RoleRef;
  readonly subjects: readonly Subject[];
}

export interface RoleRef {
  readonly kind: 'ClusterRole' | 'Role';
  readonly name: string;
}

/** Who gets a role; group and user names are compared with their case. */
export interface Subject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  /** Namespace of a service account. @default - that of the role binding; none in a cluster role binding */
  readonly namespace?: string;
}
