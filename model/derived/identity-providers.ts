import type { ParsedCluster, ParsedFile } from '../file/parsed-file';
import { pathText } from '../file/path';
import type { Cluster } from './clusters';
import { groupBy } from './group-by';

/** How a cluster knows people from Okta. */
export type IdentityProvider = ParsedFile['identityProvider'];

/** The identity provider of the file, overridden key by key by that of a cluster. */
export function identityProviderOf(
  { identityProvider }: Pick<ParsedFile, 'identityProvider'>,
  { identityProvider: own }: Pick<ParsedCluster, 'identityProvider'>,
): IdentityProvider {
  if (own === undefined) return identityProvider;
  const set = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...identityProvider, ...Object.fromEntries(set) };
}

/** An identity provider and the clusters that have it. */
export interface UsedIdentityProvider {
  readonly identityProvider: IdentityProvider;
  readonly clusters: readonly Cluster[];
  /** The path of a key where the file sets it: at the first of the clusters, or for all of them. */
  readonly pathOf: (key: keyof IdentityProvider) => string;
}

/** The different identity providers of a file; that of the file itself if it has no clusters. */
export function usedIdentityProviders({
  identityProvider,
  clusters,
}: {
  readonly identityProvider: IdentityProvider;
  readonly clusters: Readonly<Record<string, Cluster>>;
}): readonly UsedIdentityProvider[] {
  const byOwn = groupBy(Object.values(clusters), ({ settings }) => JSON.stringify(settings.identityProvider ?? {}));
  if (byOwn.size === 0) return [{ identityProvider, clusters: [], pathOf: (key) => `identityProvider.${key}` }];
  return [...byOwn.values()].map((alike) => {
    const [{ key: cluster, settings, identityProvider: used }] = alike as [Cluster, ...Cluster[]];
    return {
      identityProvider: used,
      clusters: alike,
      pathOf: (key) =>
        settings.identityProvider?.[key] === undefined
          ? `identityProvider.${key}`
          : pathText(['clusters', cluster, 'identityProvider', key]),
    };
  });
}
