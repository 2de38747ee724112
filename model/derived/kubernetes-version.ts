import { NEWEST_KUBERNETES } from '../../rbac/built-in-roles';
import type { ParsedCluster } from '../file/parsed-file';

/** The Kubernetes version that reports assume for a cluster: that of the file, or the newest known one. */
export function kubernetesVersion(settings: ParsedCluster): string {
  return ('version' in settings ? settings.version : undefined) ?? NEWEST_KUBERNETES;
}
