import type { EksClusterVpcConfig } from '#aws/eks-cluster';

/** The arguments of a cluster for who can reach its API server; empty for EKS' default. */
export function endpointAccess(
  isPrivate: boolean | undefined,
  publicCidrs: readonly string[] | undefined,
): Partial<EksClusterVpcConfig> {
  return {
    ...(isPrivate && { endpointPrivateAccess: true, endpointPublicAccess: false }),
    ...(publicCidrs && { endpointPublicAccess: true, publicAccessCidrs: [...publicCidrs].sort() }),
  };
}
