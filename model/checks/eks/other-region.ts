import { shown } from '../../../constraints/finding';
import { isMade } from '../../derived/cluster-kinds';
import { eksClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Keys and topics have to be where the cluster is. */
export const otherRegion: Check = {
  name: 'other-region',
  severity: 'error',
  reason: "EKS encrypts with a key of the cluster's region only, and an alarm notifies a topic of its own region only.",
  fix: "Name a key and a topic of the cluster's region.",
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html',
  restsOn: [],
  find: (access) =>
    eksClusters(access).flatMap((cluster) => {
      const { key } = cluster;
      const { region, alarms } = cluster.settings;
      const places = [
        { arn: isMade(cluster) ? cluster.settings.secretsKeyArn : undefined, path: ['secretsKeyArn'] },
        { arn: alarms?.topicArn, path: ['alarms', 'topicArn'] },
      ];
      return places.flatMap(({ arn, path }) =>
        arn === undefined || arn.split(':')[3] === region
          ? []
          : [
              {
                path: pathText(['clusters', key, ...path]),
                message: `It is of another region than the cluster, which is in ${region}.`,
                given: shown(arn),
                allowed: `an ARN of the region ${region}`,
                fix: 'Use one of that region.',
              },
            ],
      );
    }),
};
