import { EKS_VERSIONS, EKS_VERSIONS_AS_OF } from '../../../constraints/eks/versions';
import { shown } from '../../../constraints/finding';
import { impossibleVersionFinding, minorOf } from '../../../constraints/kubernetes/known-version';
import { isCreated } from '../../derived/cluster-kinds';
import { hasGuards } from '../../derived/guards';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** The first version with the admission policies that guards use. */
const GUARDS_SINCE = '1.30';

/** The version exists, EKS supports it, and the version supports guards if the cluster has any. */
export const refusedVersion: Check = {
  name: 'refused-version',
  severity: 'error',
  reason:
    'EKS creates no cluster with a version that does not exist or is out of extended support, and guards need Kubernetes 1.30.',
  fix: 'Set version to one that EKS supports.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
  requires: [],
  find: (access) =>
    Object.values(access.clusters).flatMap((cluster): PlacedFinding[] => {
      const { key, settings } = cluster;
      const version = 'version' in settings ? settings.version : undefined;
      if (version === undefined) return [];
      const path = pathText(['clusters', key, 'version']);
      const impossible = impossibleVersionFinding(version);
      if (impossible !== undefined) return [{ ...impossible, path }];
      const supported = EKS_VERSIONS.filter(({ extendedUntil }) => access.day <= extendedUntil);
      const oldest = supported[0]?.version ?? (EKS_VERSIONS.at(-1)?.version as string);
      if (isCreated(cluster) && minorOf(version) < minorOf(oldest)) {
        return [
          {
            path,
            message: `EKS no longer supports this version, not even in extended support (as of ${EKS_VERSIONS_AS_OF}).`,
            given: shown(version),
            allowed: `${oldest} or later`,
            fix: `Set version to ${supported.at(-1)?.version ?? 'a later one'}, or omit it for the EKS default.`,
          },
        ];
      }
      if (minorOf(version) < minorOf(GUARDS_SINCE) && hasGuards(cluster.guards)) {
        return [
          {
            path,
            message:
              'The cluster has guards, which need admission policies that this Kubernetes version does not have.',
            given: shown(version),
            allowed: `${GUARDS_SINCE} or later`,
            fix: 'Upgrade the cluster, or remove its guards.',
          },
        ];
      }
      return [];
    }),
};
