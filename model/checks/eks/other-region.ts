import { shown } from '../../../constraints/finding';
import { isCreated } from '../../derived/cluster-kinds';
import { eksClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The KMS key and the SNS topic of a cluster are in its region. */
export const otherRegion: Check = {
  name: 'other-region',
  severity: 'error',
  reason: "EKS encrypts only with a key in the cluster's region, and an alarm notifies only a topic in its own region.",
  fix: "Use a key and a topic in the cluster's region.",
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html',
  requires: [],
  find: (access) =>
    eksClusters(access).flatMap((cluster) => {
      const { key } = cluster;
      const { region, alarms } = cluster.settings;
      const places = [
        { what: 'key', arn: isCreated(cluster) ? cluster.settings.secretsKeyArn : undefined, path: ['secretsKeyArn'] },
        { what: 'topic', arn: alarms?.topicArn, path: ['alarms', 'topicArn'] },
      ];
      return places.flatMap(({ what, arn, path }) => {
        const arnRegion = arn?.split(':')[3];
        return arnRegion === undefined || arnRegion === region
          ? []
          : [
              {
                path: pathText(['clusters', key, ...path]),
                message: `The ${what} is in ${arnRegion}, the cluster in ${region}.`,
                given: shown(arn),
                allowed: `a ${what} in ${region}`,
                fix: `Use a ${what} in ${region}.`,
              },
            ];
      });
    }),
};
