import type { Check } from '../check';
import { shown } from '../finding';
import { pathText } from '../path';

/** The role that makes a cluster has its access entry from EKS already. */
export const creatorAmongDeployers: Check = {
  name: 'creator-among-deployers',
  severity: 'error',
  reason: "EKS makes the creator's access entry itself; a second one fails with ResourceInUseException.",
  fix: 'Leave the role that makes the cluster out of its deployers.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  restsOn: [],
  find: ({ clusters }) =>
    Object.entries(clusters).flatMap(([key, cluster]) => {
      const creator = cluster.kind === 'eks' ? cluster.account?.roleArn : undefined;
      return cluster.deployers.flatMap((deployer, index) =>
        deployer === creator
          ? [
              {
                path: pathText(['clusters', key, 'deployers', index]),
                message: 'This role makes the cluster, and EKS gives the creator its access entry by itself.',
                given: shown(deployer),
                allowed: `roles other than ${pathText(['clusters', key, 'account', 'roleArn'])}`,
                fix: 'Remove it here; it administers the cluster all the same.',
              },
            ]
          : [],
      );
    }),
};
