import { type Access, grantedClusters } from './access';

/** One role on one cluster with every group that gets it. */
export interface Binding {
  /** Name of the ClusterRoleBinding, `oidc-<role>`. */
  readonly name: string;
  readonly role: string;
  /** Okta group names, sorted, each once. */
  readonly groups: readonly string[];
}

/** The name of the binding of a role. */
export function bindingName(role: string): string {
  return `oidc-${role}`;
}

/** The bindings of each cluster by its key, sorted by role; clusters without a grant are left out. */
export function bindingsByCluster(access: Access): ReadonlyMap<string, readonly Binding[]> {
  const groupsByCluster = new Map<string, Map<string, Set<string>>>();
  for (const grant of access.grants) {
    for (const key of grantedClusters(grant, access)) {
      const roles = groupsByCluster.get(key) ?? new Map<string, Set<string>>();
      groupsByCluster.set(key, roles.set(grant.role, (roles.get(grant.role) ?? new Set()).add(grant.group)));
    }
  }
  return new Map([...groupsByCluster].map(([key, roles]) => [key, bindings(roles)]));
}

function bindings(roles: ReadonlyMap<string, ReadonlySet<string>>): readonly Binding[] {
  return [...roles.keys()]
    .sort()
    .map((role) => ({ name: bindingName(role), role, groups: [...(roles.get(role) ?? [])].sort() }));
}
