import { madeClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/** An API server that everyone reaches is attacked by everyone. */
export const openEndpoint: Check = {
  name: 'open-endpoint',
  severity: 'warning',
  reason: 'An API server that every address reaches relies on its sign-in alone.',
  fix: 'Set endpoint.publicCidrs to the addresses of your people and pipelines, or endpoint.private.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  restsOn: [],
  find: (access) =>
    madeClusters(access).flatMap(({ key, settings: { endpoint } }) => {
      const { private: isPrivate, publicCidrs = isPrivate ? [] : EVERYWHERE.slice(0, 1) } = endpoint;
      const open = publicCidrs.filter((block) => EVERYWHERE.includes(block));
      return open.length === 0
        ? []
        : [
            {
              path: pathText(['clusters', key, 'endpoint']),
              message: 'The API server answers every address of the internet.',
              given: open.join(', '),
              allowed: 'publicCidrs of your own, private: true, or everyone with this warning',
              fix: "Set endpoint: { publicCidrs: ['203.0.113.0/24'] } with your addresses, or { private: true }.",
            },
          ];
    }),
};
