import { madeClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A private cluster needs a way in when Okta does not work. */
export const noBreakGlass: Check = {
  name: 'no-break-glass',
  severity: 'warning',
  reason:
    'When Okta does not work, only IAM leads into a cluster, and into a private one from inside its network only.',
  fix: 'Set breakGlass with a role that can reach the cluster.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  restsOn: [],
  find: (access) =>
    madeClusters(access)
      .filter(
        ({ settings: { breakGlass, endpoint } }) =>
          breakGlass === undefined && endpoint.private && endpoint.publicCidrs === undefined,
      )
      .map(({ key }) => ({
        path: pathText(['clusters', key, 'endpoint']),
        message: 'The cluster is private, and nobody can enter it when Okta does not work.',
        given: 'no breakGlass',
        allowed: 'breakGlass: { roleArn, expires, reason }',
        fix: 'Name the IAM role of your on-call people, and the day until which it may be used.',
      })),
};
