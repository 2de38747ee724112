import { shown } from '../../../constraints/finding';
import { isMade } from '../../derived/cluster-kinds';
import { type EksCluster, eksClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** EKS takes one access entry a principal, and makes that of the cluster's creator by itself. */
export const oneAccessEntry: Check = {
  name: 'one-access-entry',
  severity: 'error',
  reason: "EKS makes the creator's access entry itself, and a second one of a role fails with ResourceInUseException.",
  fix: 'Name each IAM role once among account.roleArn of a cluster that is made, deployers and breakGlass.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  restsOn: [],
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
            message: `This role has its access entry by ${earlier} already.`,
            given: shown(roleArn),
            allowed: 'each role once',
            fix: 'Remove it here, or take another role: break-glass needs one that nobody works with every day.',
          },
        ];
      });
    }),
};

/** The roles that have an access entry, the creator first. */
function principals(cluster: EksCluster): readonly { roleArn: string; path: string }[] {
  const { key, settings } = cluster;
  const creator = isMade(cluster) ? settings.account?.roleArn : undefined;
  const place = (...segments: PropertyKey[]) => pathText(['clusters', key, ...segments]);
  return [
    ...(creator === undefined ? [] : [{ roleArn: creator, path: place('account', 'roleArn') }]),
    ...settings.deployers.map((roleArn, index) => ({ roleArn, path: place('deployers', index) })),
    ...(settings.breakGlass === undefined
      ? []
      : [{ roleArn: settings.breakGlass.roleArn, path: place('breakGlass', 'roleArn') }]),
  ];
}
