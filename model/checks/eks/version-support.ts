import { EKS_VERSIONS, EKS_VERSIONS_AS_OF, versionsInStandardSupport } from '../../../constraints/eks/versions';
import { shown } from '../../../constraints/finding';
import { madeClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A version out of standard support costs more, and then is upgraded by EKS. */
export const versionSupport: Check = {
  name: 'version-support',
  severity: 'warning',
  reason: 'Extended support costs more per hour, and at its end EKS upgrades the cluster by itself.',
  fix: 'Upgrade the cluster to a version in standard support, one minor version at a time.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
  restsOn: [],
  find: (access) =>
    madeClusters(access).flatMap(({ key, settings }) => {
      const support = EKS_VERSIONS.find(({ version }) => version === settings.version);
      if (support === undefined || access.day <= support.standardUntil || access.day > support.extendedUntil) return [];
      return [
        {
          path: pathText(['clusters', key, 'version']),
          message: `Standard support ended on ${support.standardUntil}, extended support ends on ${support.extendedUntil} (as of ${EKS_VERSIONS_AS_OF}).`,
          given: shown(support.version),
          allowed:
            versionsInStandardSupport(access.day).join(', ') || `a version after ${EKS_VERSIONS.at(-1)?.version}`,
          fix: 'Raise version by one minor version at a time.',
        },
      ];
    }),
};
