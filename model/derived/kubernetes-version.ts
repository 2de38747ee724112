import { EKS_VERSIONS } from '../../constraints/eks/versions';
import { NEWEST_KUBERNETES } from '../../rbac';
import type { ParsedCluster } from '../file/parsed-file';
import { isEks } from './cluster-kinds';

const NEWEST_EKS = EKS_VERSIONS.at(-1)?.version as string;

/**
 * The Kubernetes version that reports assume for a cluster: the version in the file, else the newest that EKS supports
 * for clusters in EKS, and the newest with data for others.
 */
export function kubernetesVersion(settings: ParsedCluster): string {
  const version = 'version' in settings ? settings.version : undefined;
  return version ?? (isEks(settings) ? NEWEST_EKS : NEWEST_KUBERNETES);
}
