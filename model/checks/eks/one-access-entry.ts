import { shown } from '../../../constraints/finding';
import { isCreated } from '../../derived/cluster-kinds';
import { type EksCluster, eksClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Each IAM role has one access entry on a cluster; EKS creates the one of the cluster's creator itself. */
export const oneAccessEntry: Check = {
  name: 'one-access-entry',
  severity: 'error',
  reason:
    "EKS creates the access entry of the cluster's creator itself, and a second entry of a role fails with ResourceInUseException.",
  fix: 'Use each IAM role once among deployers, breakGlass, and, for a cluster of kind eks, account.roleArn.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  requires: [],
  find: (access) =>
    eksClusters(access).flatMap((cluster) => {
      const first = new Map<string, string>();
      return principals(cluster).flatMap(({ roleArn, path }) => {
        const earlier = first.get(roleArn);
        if (earlier === undefined) {
          first.set(roleArn, path);
          return [];
        }
        return [
          {
            path,
            message: `This role already has an access entry, from ${earlier}.`,
            given: shown(roleArn),
            allowed: 'each role once',
            fix: 'Remove it here, or use another role: break-glass access needs one that nobody uses every day.',
          },
        ];
      });
    }),
};

/** The IAM roles that have an access entry, the cluster's creator first. */
function principals(cluster: EksCluster): readonly { roleArn: string; path: string }[] {
  const { key, settings } = cluster;
  const creator = isCreated(cluster) ? settings.account?.roleArn : undefined;
  const place = (...segments: PropertyKey[]) => pathText(['clusters', key, ...segments]);
  return [
    ...(creator === undefined ? [] : [{ roleArn: creator, path: place('account', 'roleArn') }]),
    ...settings.deployers.map((roleArn, index) => ({ roleArn, path: place('deployers', index) })),
    ...(settings.breakGlass === undefined
      ? []
      : [{ roleArn: settings.breakGlass.roleArn, path: place('breakGlass', 'roleArn') }]),
  ];
}
