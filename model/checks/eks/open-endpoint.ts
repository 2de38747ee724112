import { EVERYWHERE, isCovered } from '../../../constraints/eks/address-block';
import { createdClusters } from '../../derived/clusters';
import { publicAddresses } from '../../derived/public-addresses';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The public endpoint of a cluster is limited to known addresses. */
export const openEndpoint: Check = {
  name: 'open-endpoint',
  severity: 'warning',
  reason: 'If every address can reach the API server, only authentication protects it.',
  fix: 'Set endpoint.publicCidrs to the addresses of your users and pipelines, or set endpoint.private.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  requires: [],
  find: (access) =>
    createdClusters(access).flatMap(({ key, settings: { endpoint } }) => {
      const publicCidrs = publicAddresses(endpoint);
      const whole = publicCidrs.filter((block) => EVERYWHERE.includes(block));
      return EVERYWHERE.some((block) => isCovered(block, publicCidrs))
        ? [
            {
              path: pathText(['clusters', key, 'endpoint']),
              message: 'Every address on the internet can reach the API server.',
              given: (whole.length > 0 ? whole : publicCidrs).join(', '),
              allowed: 'your own publicCidrs, private: true, or every address with this warning',
              fix: "Set endpoint: { publicCidrs: ['203.0.113.0/24'] } with your addresses, or { private: true }.",
            },
          ]
        : [];
    }),
};
