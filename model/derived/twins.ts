import { eksClusterOfContext, type NamedEksCluster } from '../../constraints/eks/eks-context';
import { isEks } from './cluster-kinds';
import type { Cluster } from './clusters';

/** A cluster that an earlier key of the file is for, too. */
export interface Twin {
  readonly cluster: Cluster;
  readonly earlier: Cluster;
  /** Whether the file leaves no doubt; otherwise the two can also be different clusters. */
  readonly isCertain: boolean;
}

/**
 * The clusters that have more than one key, each with the first key that is certainly or possibly for the same cluster:
 * one name, region, and account in EKS; one context of the kubeconfig; or a context that the AWS CLI or eksctl wrote for
 * the other one. A context that is called like the other key or name is possibly for it. An account that the file does not
 * name can be any.
 */
export function twinsOf(clusters: Readonly<Record<string, Cluster>>): readonly Twin[] {
  const known = new Map<string, Cluster[]>();
  return Object.values(clusters).flatMap((cluster): Twin[] => {
    const candidates = new Set<Cluster>();
    for (const mark of marksOf(cluster)) {
      const marked = known.get(mark) ?? [];
      known.set(mark, marked);
      for (const other of marked) candidates.add(other);
      marked.push(cluster);
    }
    const twins = [...candidates].flatMap((earlier): Twin[] => {
      const isCertain = isSame(cluster, earlier);
      return isCertain === undefined ? [] : [{ cluster, earlier, isCertain }];
    });
    const twin = twins.find(({ isCertain }) => isCertain) ?? twins[0];
    return twin === undefined ? [] : [twin];
  });
}

/** Texts of which two twins share at least one. */
function marksOf(cluster: Cluster): readonly string[] {
  const identity = identityOf(cluster);
  return [
    ...(identity === undefined ? [] : [`${identity.region}/${identity.name}`]),
    ...(isEks(cluster) ? new Set([cluster.name, cluster.key]) : [cluster.settings.kubeconfigContext]),
  ];
}

function identityOf(cluster: Cluster): NamedEksCluster | undefined {
  if (!isEks(cluster)) return eksClusterOfContext(cluster.settings.kubeconfigContext);
  const { name, settings } = cluster;
  return { name, region: settings.region, account: settings.account?.id };
}

/** True if two keys are for one cluster, false if they can be, and undefined if they cannot. */
function isSame(one: Cluster, other: Cluster): boolean | undefined {
  if (!isEks(one) && !isEks(other) && one.settings.kubeconfigContext === other.settings.kubeconfigContext) return true;
  const [a, b] = [identityOf(one), identityOf(other)];
  // A context can have any name, such as that of a cluster in EKS.
  if (a === undefined || b === undefined) return false;
  if (a.name !== b.name || a.region !== b.region) return undefined;
  if (a.account !== undefined && b.account !== undefined) return a.account === b.account ? true : undefined;
  // Without accounts, both are in the account of the credentials with which Terraform runs.
  return isEks(one) && isEks(other) && a.account === b.account;
}
