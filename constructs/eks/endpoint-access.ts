import type { EksClusterVpcConfig } from '#aws/eks-cluster';
import { type Finding, shown } from '../../constraints/finding';

/** From where the API server of a cluster can be reached, as the cluster's arguments; none for EKS' default. */
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
 * What is wrong with the addresses that may reach the API server from outside.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html
 */
export function publicCidrsFinding(publicCidrs: readonly string[]): Finding | undefined {
  if (publicCidrs.length > 0) return undefined;
  return {
    message: 'An empty list of addresses is not sent to EKS, which then opens the public endpoint to everyone.',
    given: shown(publicCidrs),
    allowed: 'one CIDR block or more, such as 203.0.113.0/24',
    fix: 'Set endpointPrivate and leave publicCidrs out, or name the addresses.',
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html',
  };
}
