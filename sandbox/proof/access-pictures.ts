import type { RbacPolicy } from '../../model/rbac';
import type { AuthenticationConfig } from '../api-server/authentication-config';

/** A cluster as the synthesized files make it. */
export interface SynthesizedCluster {
  /** Key in the access file. */
  readonly key: string;
  readonly authentication: AuthenticationConfig;
  readonly policy: RbacPolicy;
}

/** Clusters on which everyone may do the same. */
export interface AccessPicture<Cluster extends SynthesizedCluster = SynthesizedCluster> {
  /** The cluster that stands for all. */
  readonly cluster: Cluster;
  /** How many more there are. */
  readonly others: number;
}

/**
 * The distinct access pictures of some clusters: the same roles, bindings and identity provider are one picture, and so
 * are apps to which the same groups are assigned.
 * @param assigned what tells apart to whom the app of a cluster is open.
 */
export function accessPictures<Cluster extends SynthesizedCluster>(
  clusters: readonly Cluster[],
  assigned: (clientId: string) => unknown,
): readonly AccessPicture<Cluster>[] {
  const byIdentity = new Map<string, AccessPicture<Cluster>>();
  for (const cluster of clusters) {
    const { clientId, ...authentication } = cluster.authentication;
    const identity = JSON.stringify([authentication, assigned(clientId), cluster.policy]);
    const { cluster: first, others } = byIdentity.get(identity) ?? { cluster, others: -1 };
    byIdentity.set(identity, { cluster: first, others: others + 1 });
  }
  return [...byIdentity.values()];
}
