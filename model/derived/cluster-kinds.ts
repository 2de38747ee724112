import type { ParsedCluster } from '../file/parsed-file';

type Kind = ParsedCluster['kind'];

/** Whether a cluster is in EKS, created or looked up. */
export function isEks<Cluster extends { readonly kind: Kind }>(
  cluster: Cluster,
): cluster is Extract<Cluster, { kind: 'eks' | 'existing-eks' }> {
  switch (cluster.kind) {
    case 'eks':
    case 'existing-eks':
      return true;
    case 'self-managed':
      return false;
  }
}

/** Whether Terraform creates a cluster. */
export function isCreated<Cluster extends { readonly kind: Kind }>(
  cluster: Cluster,
): cluster is Extract<Cluster, { kind: 'eks' }> {
  switch (cluster.kind) {
    case 'eks':
      return true;
    case 'existing-eks':
    case 'self-managed':
      return false;
  }
}

/**
 * Whether a cluster reads the ConfigMap `aws-auth`, which makes AWS principals users of the cluster. Of an existing
 * cluster in EKS, the mode is unknown, so it may.
 */
export function readsAwsAuth(settings: ParsedCluster): boolean {
  switch (settings.kind) {
    case 'eks':
      return settings.authenticationMode === 'API_AND_CONFIG_MAP';
    case 'existing-eks':
      return true;
    case 'self-managed':
      return false;
  }
}
