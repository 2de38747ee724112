import type { Access } from './access';
import type { Cluster } from './clusters';

/** Whether a group has cluster-admin on the whole cluster. */
export function hasClusterAdmin({ bindings }: Cluster): boolean {
  return bindings.some(({ role, namespace }) => role.name === 'cluster-admin' && namespace === null);
}

/** The path of the last day of a grant that gave cluster-admin on the whole cluster; undefined if none has ended. */
export function endedClusterAdmin({ expired }: Pick<Access, 'expired'>, { key }: Cluster): string | undefined {
  return expired.find(({ grant }) => {
    if (grant?.role !== 'cluster-admin' || grant.namespaces !== undefined) return false;
    return grant.clusters === '*' || grant.clusters.includes(key);
  })?.path;
}
