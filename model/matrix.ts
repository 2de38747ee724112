import { type Access, type Cluster, type Grant, grantedClusters, isEks } from './access';
import { bindingsByCluster } from './bindings';
import { compare } from './compare';
import { kubernetesVersion } from './kubernetes-version';
import type { PolicyRule } from './rbac/policy-rule';
import { rulesOfRole } from './rules-of-role';
import { type SensitivePermission, sensitivePermissions } from './sensitive-permissions';

/** A role that a group has in one place. */
export interface MatrixRow {
  readonly group: string;
  /** Key of the cluster. */
  readonly cluster: string;
  /** The namespace; null for the whole cluster. */
  readonly namespace: string | null;
  readonly role: string;
  /** Names of the sensitive permissions that the role gives there. */
  readonly sensitive: readonly SensitivePermission[];
}

/** Who has which role where: group × cluster × namespace → role, sorted by group, cluster, namespace and role. */
export function accessMatrix(access: Access): readonly MatrixRow[] {
  const sensitive = sensitiveOfRoles(access);
  const rows = [...bindingsByCluster(access)].flatMap(([cluster, bindings]) =>
    bindings.flatMap(({ role, namespace, groups }) => {
      const permissions = sensitive(role, access.clusters[cluster] as Cluster, namespace);
      return groups.map((group): MatrixRow => ({ group, cluster, namespace, role, sensitive: permissions }));
    }),
  );
  return rows.sort(
    (a, b) =>
      compare(a.group, b.group) ||
      compare(a.cluster, b.cluster) ||
      compare(a.namespace ?? '', b.namespace ?? '') ||
      compare(a.role, b.role),
  );
}

/** Answers what is sensitive about a role on a cluster, worked out once for each version and place. */
export function sensitiveOfRoles(
  access: Access,
): (role: string, cluster: Cluster, namespace: string | null) => readonly SensitivePermission[] {
  const known = new Map<string, readonly SensitivePermission[]>();
  return (role, cluster, namespace) => {
    const place = { namespace, isEks: isEks(cluster) };
    const identity = JSON.stringify([role, kubernetesVersion(cluster), place]);
    const permissions = known.get(identity) ?? sensitivePermissions(rules(role, cluster), place);
    known.set(identity, permissions);
    return permissions;
  };

  function rules(role: string, cluster: Cluster): readonly PolicyRule[] {
    return rulesOfRole(role, access, kubernetesVersion(cluster));
  }
}

/** Answers which sensitive permissions a grant gives in any of its places. */
export function grantedPermissions(access: Access): (grant: Grant) => readonly SensitivePermission[] {
  const sensitive = sensitiveOfRoles(access);
  return (grant) => {
    const clusters = grantedClusters(grant, access).map((key) => access.clusters[key] as Cluster);
    const given = clusters.flatMap((cluster) =>
      (grant.namespaces ?? [null]).flatMap((namespace) => sensitive(grant.role, cluster, namespace)),
    );
    return [...new Set(given)];
  };
}
