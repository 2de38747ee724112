import type { PolicyRule } from '../../rbac/policy-rule';
import { type SensitivePermission, sensitivePermissions } from '../../rbac/sensitive-permissions';
import { type Access, type Cluster, type Grant, grantedClusters, isEks } from '../file/access';
import { kubernetesVersion } from './kubernetes-version';
import { rulesOfRole } from './rules-of-role';

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
