import { awsPartition } from '../../../constraints/eks/aws-partition';
import { shown } from '../../../constraints/finding';
import type { Access } from '../../derived/access';
import { isCreated } from '../../derived/cluster-kinds';
import { eksClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

interface PlacedArn {
  readonly arn: string;
  readonly region: string;
  readonly place: readonly (string | number)[];
}

/** Every ARN is in the partition of the region in which it is used. */
export const otherPartition: Check = {
  name: 'other-partition',
  severity: 'error',
  reason:
    'The partitions of AWS, such as China and GovCloud, have nothing in common: no ARN of one is valid in another.',
  fix: "Use an ARN of the region's partition, such as arn:aws-cn:… for cn-north-1.",
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
  requires: [],
  find: (access) =>
    [...arnsOfClusters(access), ...arnsOfBackend(access)].flatMap(({ arn, region, place }) => {
      const [, given] = arn.split(':');
      const partition = awsPartition(region);
      return given === partition
        ? []
        : [
            {
              path: pathText(place),
              message: `The ARN is in the partition ${given}, and ${region} is in ${partition}.`,
              given: shown(arn),
              allowed: `arn:${partition}:…`,
              fix: `Use the ARN in ${partition}, or correct the region.`,
            },
          ];
    }),
};

function arnsOfClusters(access: Access): readonly PlacedArn[] {
  return eksClusters(access).flatMap((cluster) => {
    const { account, alarms, breakGlass, deployers, region } = cluster.settings;
    const arns: readonly (readonly [string | undefined, readonly (string | number)[]])[] = [
      [account?.roleArn, ['account', 'roleArn']],
      ...deployers.map((arn, index) => [arn, ['deployers', index]] as const),
      [breakGlass?.roleArn, ['breakGlass', 'roleArn']],
      [alarms?.topicArn, ['alarms', 'topicArn']],
      [isCreated(cluster) ? cluster.settings.secretsKeyArn : undefined, ['secretsKeyArn']],
    ];
    return arns.flatMap(([arn, place]) =>
      arn === undefined ? [] : [{ arn, region, place: ['clusters', cluster.key, ...place] }],
    );
  });
}

function arnsOfBackend({ backend }: Access): readonly PlacedArn[] {
  if (backend === 'local' || !('s3' in backend)) return [];
  const { region, kmsKeyId, roleArn } = backend.s3;
  return Object.entries({ kmsKeyId, roleArn }).flatMap(([key, arn]) =>
    arn?.startsWith('arn:') ? [{ arn, region, place: ['backend', 's3', key] }] : [],
  );
}
