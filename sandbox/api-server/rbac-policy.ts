import { AccessError } from '../../constraints/access-error';
import {
  builtInRoles,
  type ClusterRole,
  type ClusterRoleBinding,
  type Labels,
  type PolicyRule,
  type RbacPolicy,
  type Role,
  type RoleBinding,
  type Subject,
} from '../../rbac';

/** The resources of a synthesized stack by type and name, with resolved references. */
export type ResolvedResources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
}

interface RuleBlock {
  readonly verbs: readonly string[];
  readonly api_groups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resource_names?: readonly string[];
  readonly non_resource_urls?: readonly string[];
}

interface RoleBlock {
  readonly metadata: Metadata;
  readonly rule?: readonly RuleBlock[];
}

interface BindingBlock {
  readonly metadata: Metadata;
  readonly role_ref: { readonly kind: 'ClusterRole' | 'Role'; readonly name: string };
  readonly subject: readonly Subject[];
}

const ROLES_AND_BINDINGS = [
  'kubernetes_cluster_role_v1',
  'kubernetes_role_v1',
  'kubernetes_cluster_role_binding_v1',
  'kubernetes_role_binding_v1',
] as const;

/** Resource types that do not affect RBAC. */
const OTHER_TYPES: readonly string[] = [
  'kubernetes_labels',
  'kubernetes_namespace_v1',
  'kubernetes_network_policy_v1',
  'kubernetes_resource_quota_v1',
];

/**
 * The RBAC of a cluster: the built-in roles and bindings of Kubernetes, and the resources of its `rbac-<key>` stack.
 * @param version the Kubernetes version, such as `1.34`.
 */
export function rbacPolicy(resources: ResolvedResources, version: string): RbacPolicy {
  const unknown = Object.keys(resources).find(
    (type) => !OTHER_TYPES.includes(type) && !(ROLES_AND_BINDINGS as readonly string[]).includes(type),
  );
  if (unknown !== undefined) throw new AccessError(`The sandbox does not know how ${unknown} affects RBAC.`);
  const bootstrap = builtInRoles(version);
  const all = <Block>(type: (typeof ROLES_AND_BINDINGS)[number]) => Object.values(resources[type] ?? {}) as Block[];
  return {
    clusterRoles: [...bootstrap.clusterRoles, ...all<RoleBlock>('kubernetes_cluster_role_v1').map(clusterRole)],
    roles: [...bootstrap.roles, ...all<RoleBlock>('kubernetes_role_v1').map(role)],
    clusterRoleBindings: [
      ...bootstrap.clusterRoleBindings,
      ...all<BindingBlock>('kubernetes_cluster_role_binding_v1').map(clusterRoleBinding),
    ],
    roleBindings: [...bootstrap.roleBindings, ...all<BindingBlock>('kubernetes_role_binding_v1').map(roleBinding)],
  };
}

function clusterRole({ metadata, rule = [] }: RoleBlock): ClusterRole {
  const { name, labels } = metadata;
  return { name, ...(labels && { labels }), rules: rule.map(policyRule) };
}

function role({ metadata, rule = [] }: RoleBlock): Role {
  return { name: metadata.name, namespace: namespaceOf(metadata), rules: rule.map(policyRule) };
}

function clusterRoleBinding({ metadata, role_ref, subject }: BindingBlock): ClusterRoleBinding {
  return { name: metadata.name, role: role_ref.name, subjects: subject.map(subjectOf) };
}

function roleBinding({ metadata, role_ref, subject }: BindingBlock): RoleBinding {
  return {
    name: metadata.name,
    namespace: namespaceOf(metadata),
    roleRef: { kind: role_ref.kind, name: role_ref.name },
    subjects: subject.map(subjectOf),
  };
}

function policyRule({ verbs, api_groups, resources, resource_names, non_resource_urls }: RuleBlock): PolicyRule {
  return {
    verbs,
    ...(api_groups && { apiGroups: api_groups }),
    ...(resources && { resources }),
    ...(resource_names && { resourceNames: resource_names }),
    ...(non_resource_urls && { nonResourceURLs: non_resource_urls }),
  };
}

/** The provider puts objects without a namespace into `default`. */
function namespaceOf({ namespace }: Metadata): string {
  return namespace ?? 'default';
}

/** Only service accounts have a namespace. */
function subjectOf({ kind, name, namespace }: Subject): Subject {
  return kind === 'ServiceAccount' && namespace ? { kind, name, namespace } : { kind, name };
}
