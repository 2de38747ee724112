import { compare } from '../../constraints/compare';
import { bindingName } from '../../constraints/kubernetes/binding-name';
import { type Access, grantedClusters } from '../file/access';

/** One role in one place with every group that gets it there. */
export interface Binding {
  /** Name of the ClusterRoleBinding or RoleBinding, `oidc-<role>`. */
  readonly name: string;
  readonly role: string;
  /** The namespace that it holds in; null for the whole cluster. */
  readonly namespace: string | null;
  /** Okta group names, sorted, each once. */
  readonly groups: readonly string[];
}

type GroupsByPlace = Map<string | null, Set<string>>;

/**
 * The bindings of each cluster by its key: those of the whole cluster first, then by namespace, each sorted by role;
 * clusters without a grant are left out.
 */
export function bindingsByCluster(access: Access): ReadonlyMap<string, readonly Binding[]> {
  const byCluster = new Map<string, Map<string, GroupsByPlace>>();
  for (const grant of access.grants) {
    for (const key of grantedClusters(grant, access)) {
      const roles = inserted(byCluster, key, () => new Map<string, GroupsByPlace>());
      const places = inserted(roles, grant.role, (): GroupsByPlace => new Map());
      for (const namespace of grant.namespaces ?? [null]) inserted(places, namespace, () => new Set()).add(grant.group);
    }
  }
  return new Map([...byCluster].map(([key, roles]) => [key, bindings(roles)]));
}

function bindings(roles: ReadonlyMap<string, GroupsByPlace>): readonly Binding[] {
  return [...roles]
    .flatMap(([role, places]) =>
      [...places].map(([namespace, groups]) => ({
        name: bindingName(role),
        role,
        namespace,
        groups: [...groups].sort(),
      })),
    )
    .sort((a, b) => compare(a.namespace ?? '', b.namespace ?? '') || compare(a.role, b.role));
}

function inserted<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
