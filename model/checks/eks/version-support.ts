import {
  EKS_VERSIONS,
  EKS_VERSIONS_AS_OF,
  newerEksVersionFinding,
  versionsInStandardSupport,
} from '../../../constraints/eks/versions';
import { shown } from '../../../constraints/finding';
import { createdClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The version is one that EKS is known to offer, in standard support. */
export const versionSupport: Check = {
  name: 'version-support',
  severity: 'warning',
  reason:
    'EKS may not offer a newer version than this table has. Extended support costs more per hour, and when it ends, EKS upgrades the cluster by itself.',
  fix: 'Upgrade the cluster to a version in standard support, one minor version at a time.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
  requires: [],
  find: (access) =>
    createdClusters(access).flatMap(({ key, settings }) => {
      const path = pathText(['clusters', key, 'version']);
      const newer = newerEksVersionFinding(settings.version);
      if (newer !== undefined) return [{ ...newer, path }];
      const support = EKS_VERSIONS.find(({ version }) => version === settings.version);
      if (support === undefined || access.day <= support.standardUntil || access.day > support.extendedUntil) return [];
      return [
        {
          path,
          message: `Standard support ended on ${support.standardUntil}, and extended support ends on ${support.extendedUntil} (as of ${EKS_VERSIONS_AS_OF}).`,
          given: shown(support.version),
          allowed:
            versionsInStandardSupport(access.day).join(', ') || `a version after ${EKS_VERSIONS.at(-1)?.version}`,
          fix: 'Upgrade one minor version at a time.',
        },
      ];
    }),
};
