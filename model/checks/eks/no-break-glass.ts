import { createdClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A private cluster has break-glass access, for when Okta does not work. */
export const noBreakGlass: Check = {
  name: 'no-break-glass',
  severity: 'warning',
  reason:
    'When Okta does not work, only IAM gives access to a cluster, and only from inside its network if it is private.',
  fix: 'Set breakGlass to an IAM role that can reach the cluster.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  requires: [],
  find: (access) =>
    createdClusters(access)
      .filter(
        ({ settings: { breakGlass, endpoint } }) =>
          breakGlass === undefined && endpoint.private && endpoint.publicCidrs === undefined,
      )
      .map(({ key }) => ({
        path: pathText(['clusters', key, 'endpoint']),
        message: 'The cluster is private, and has no break-glass access for when Okta does not work.',
        given: 'no breakGlass',
        allowed: 'breakGlass: { roleArn, expires, reason }',
        fix: 'Set breakGlass to the IAM role of your on-call engineers, with the last day of the access and its reason.',
      })),
};
