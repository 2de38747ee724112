import { isIpv6, specialUse } from '../../../constraints/eks/address-block';
import { shown } from '../../../constraints/finding';
import { createdClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A public endpoint is opened for addresses that arrive there. */
export const unreachableCidr: Check = {
  name: 'unreachable-cidr',
  severity: 'warning',
  reason:
    'A request arrives at a public endpoint with an address of the internet, such as that of a NAT gateway. EKS may refuse other blocks.',
  fix: 'Use the public addresses of your networks, or endpoint.private for clients inside the VPC.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  requires: [],
  find: (access) =>
    createdClusters(access).flatMap(({ key, settings: { endpoint } }) =>
      (endpoint.publicCidrs ?? []).flatMap((block, index) => {
        // The check public-cidrs refuses blocks of IPv6.
        const use = isIpv6(block) ? undefined : specialUse(block);
        return use === undefined
          ? []
          : [
              {
                path: pathText(['clusters', key, 'endpoint', 'publicCidrs', index]),
                message: `Its addresses are ${use}, so no request from them arrives at a public endpoint.`,
                given: shown(block),
                allowed: 'public addresses, or this warning',
                fix: 'Write the public addresses of the network, or set private: true for clients inside the VPC.',
              },
            ];
      }),
    ),
};
