import type { SynthesizedCluster } from '../api-server/synthesized-clusters';

/** Clusters that give everyone the same access. */
export interface AccessProfile {
  /** One of the clusters, which stands for all of them. */
  readonly cluster: SynthesizedCluster;
  /** How many other clusters there are. */
  readonly others: number;
}

/**
 * Groups clusters by the access that they give: roles, bindings, identity provider, and the groups assigned to the app.
 * @param assigned identifies the groups that are assigned to an app.
 */
export function accessProfiles(
  clusters: readonly SynthesizedCluster[],
  assigned: (clientId: string) => unknown,
): readonly AccessProfile[] {
  const byIdentity = new Map<string, AccessProfile>();
  for (const cluster of clusters) {
    const { clientId, ...authentication } = cluster.authentication;
    const identity = JSON.stringify([authentication, assigned(clientId), cluster.policy]);
    const { cluster: first, others } = byIdentity.get(identity) ?? { cluster, others: -1 };
    byIdentity.set(identity, { cluster: first, others: others + 1 });
  }
  return [...byIdentity.values()];
}
