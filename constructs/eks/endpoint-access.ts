import type { EksClusterVpcConfig } from '#aws/eks-cluster';
import { type Finding, shown } from '../../constraints/finding';

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

/**
 * Checks the addresses that can reach the API server over the internet.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html
 */
export function publicCidrsFinding(publicCidrs: readonly string[]): Finding | undefined {
  if (publicCidrs.length > 0) return undefined;
  return {
    message: 'An empty list of addresses is not sent to EKS, which then opens the public endpoint to every address.',
    given: shown(publicCidrs),
    allowed: 'at least one CIDR block, such as 203.0.113.0/24',
    fix: 'Set endpointPrivate and omit publicCidrs, or list the addresses.',
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html',
  };
}
