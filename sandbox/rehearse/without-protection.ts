import type { Access } from '../../model';
import type { Cluster } from '../../model/derived/clusters';

/** The file after the first step of removing everything: nothing is protected any more. */
export function withoutProtection(access: Access): Access {
  return {
    ...access,
    authorizationServer: { ...access.authorizationServer, replaceable: true },
    clusters: Object.fromEntries(Object.values(access.clusters).map((cluster) => [cluster.key, unprotected(cluster)])),
  };
}

function unprotected(cluster: Cluster): Cluster {
  const settings = {
    ...cluster.settings,
    replaceable: true,
    ...('deletionProtection' in cluster.settings && { deletionProtection: false }),
  };
  return { ...cluster, settings } as Cluster;
}
