import { NEWEST_KUBERNETES } from '../../rbac/built-in-roles';
import type { Cluster } from '../file/access';

/** The Kubernetes version that a cluster is taken for: that of the file, else the newest that is known. */
export function kubernetesVersion(cluster: Cluster): string {
  return ('version' in cluster ? cluster.version : undefined) ?? NEWEST_KUBERNETES;
}
