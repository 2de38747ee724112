import type { SynthesizedCluster } from '../api-server/synthesized-clusters';

/** Clusters on which everyone may do the same. */
export interface AccessPicture {
  /** The cluster that stands for all. */
  readonly cluster: SynthesizedCluster;
  /** How many more there are. */
  readonly others: number;
}

/**
 * The distinct access pictures of some clusters: the same roles, bindings and identity provider are one picture, and so
 * are apps to which the same groups are assigned.
 * @param assigned what tells apart to whom the app of a cluster is open.
 */
export function accessPictures(
  clusters: readonly SynthesizedCluster[],
  assigned: (clientId: string) => unknown,
): readonly AccessPicture[] {
  const byIdentity = new Map<string, AccessPicture>();
  for (const cluster of clusters) {
    const { clientId, ...authentication } = cluster.authentication;
    const identity = JSON.stringify([authentication, assigned(clientId), cluster.policy]);
    const { cluster: first, others } = byIdentity.get(identity) ?? { cluster, others: -1 };
    byIdentity.set(identity, { cluster: first, others: others + 1 });
  }
  return [...byIdentity.values()];
}
