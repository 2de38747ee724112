import { shown } from '../../constraints/finding';
import { isEks } from '../derived/cluster-kinds';
import type { Cluster } from '../derived/clusters';
import type { Twin } from '../derived/twins';
import { pathText } from '../file/path';
import type { PlacedFinding } from './check';

/** The finding for a cluster that an earlier key is, or may be, for as well. */
export function twinFinding({ cluster, earlier }: Twin, is: 'is' | 'may be'): PlacedFinding {
  const first = pathText(['clusters', earlier.key]);
  return {
    path: pathText(['clusters', cluster.key, ...(isEks(cluster) ? [] : ['kubeconfigContext'])]),
    message:
      is === 'is'
        ? `This is the same cluster as ${first}, so it has the grants of both keys.`
        : `This may be the same cluster as ${first}, which then has the grants of both keys.`,
    given: `${identification(cluster)}, after ${identification(earlier)}`,
    allowed: is === 'is' ? 'each cluster once' : 'clusters that differ, or the same with this warning',
    fix:
      is === 'is'
        ? 'Remove one of the two keys, and give its grants to the other.'
        : 'If it is one cluster, remove one of the two keys. If not, set account.id of each cluster in EKS.',
  };
}

/** What tells which cluster it is. */
function identification(cluster: Cluster): string {
  if (!isEks(cluster)) return `the context ${shown(cluster.settings.kubeconfigContext)}`;
  const { account, region } = cluster.settings;
  return `${shown(cluster.name)} in ${region} of ${account === undefined ? 'an account that the file does not name' : account.id}`;
}
