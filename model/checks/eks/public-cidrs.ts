import { publicCidrsFindings } from '../../../constraints/eks/public-cidrs';
import { createdClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** EKS takes each address block of a public endpoint. */
export const publicCidrs: Check = {
  name: 'public-cidrs',
  severity: 'error',
  reason:
    'Terraform and EKS refuse blocks with host bits, and blocks of IPv6 on a cluster with IPv4, but only at apply.',
  fix: 'Write blocks of IPv4 with the first address of the network.',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html',
  requires: [],
  find: (access) =>
    createdClusters(access).flatMap(({ key, settings: { endpoint } }) =>
      endpoint.publicCidrs === undefined
        ? []
        : publicCidrsFindings(endpoint.publicCidrs).map(({ index, finding }) => ({
            ...finding,
            path: pathText(['clusters', key, 'endpoint', 'publicCidrs', ...(index === undefined ? [] : [index])]),
          })),
    ),
};
