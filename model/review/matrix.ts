import { compare } from '../../constraints/compare';
import type { SensitivePermission } from '../../rbac/sensitive-permissions';
import { bindingsByCluster } from '../derived/bindings';
import { sensitiveOfRoles } from '../derived/sensitive-grants';
import type { Access, Cluster } from '../file/access';

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
