import { type Finding, shown } from '../finding';
import { isIpv6, isNetwork, networkOf } from './address-block';

/**
 * Checks the address blocks that can reach the API server over the internet.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html
 */
export function publicCidrsFindings(publicCidrs: readonly string[]): readonly { index?: number; finding: Finding }[] {
  if (publicCidrs.length === 0) return [{ finding: EMPTY }];
  return publicCidrs.flatMap((block, index) => {
    const finding = blockFinding(block);
    return finding === undefined ? [] : [{ index, finding }];
  });
}

const EMPTY: Finding = {
  message: 'An empty list of addresses is not sent to EKS, which then opens the public endpoint to every address.',
  given: shown([]),
  allowed: 'at least one CIDR block, such as 203.0.113.0/24',
  fix: 'Set endpointPrivate and omit publicCidrs, or list the addresses.',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html',
};

function blockFinding(block: string): Finding | undefined {
  if (isIpv6(block)) {
    return {
      message: 'EKS takes blocks of IPv6 only for clusters with the address family IPv6, and this one has IPv4.',
      given: shown(block),
      allowed: 'blocks of IPv4, such as 203.0.113.0/24',
      fix: 'Use the IPv4 addresses of your users and pipelines.',
    };
  }
  if (isNetwork(block)) return undefined;
  const network = networkOf(block);
  return {
    message: 'Terraform refuses a block that does not start with the first address of its network.',
    given: shown(block),
    allowed: `${network}, or ${block.split('/')[0]}/32 for one address`,
    fix: `Write ${network} for the network.`,
  };
}
