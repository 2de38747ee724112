import { EKS_VERSIONS, EKS_VERSIONS_AS_OF, minorOf } from '../../../constraints/eks/versions';
import { shown } from '../../../constraints/finding';
import { isMade } from '../../derived/cluster-kinds';
import { hasGuards } from '../../derived/guards';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** The first version with the admission policies that guards are made of. */
const GUARDS_SINCE = '1.30';

/** A version has to be one that EKS makes, and that has what the file asks for. */
export const refusedVersion: Check = {
  name: 'refused-version',
  severity: 'error',
  reason: 'EKS makes no cluster of a version that is out of extended support, and guards need Kubernetes 1.30.',
  fix: 'Set version to one that EKS supports.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
  restsOn: [],
  find: (access) =>
    Object.values(access.clusters).flatMap((cluster): PlacedFinding[] => {
      const { key, settings } = cluster;
      const version = 'version' in settings ? settings.version : undefined;
      if (version === undefined) return [];
      const path = pathText(['clusters', key, 'version']);
      const supported = EKS_VERSIONS.filter(({ extendedUntil }) => access.day <= extendedUntil);
      const oldest = supported[0]?.version ?? (EKS_VERSIONS.at(-1)?.version as string);
      if (isMade(cluster) && minorOf(version) < minorOf(oldest)) {
        return [
          {
            path,
            message: `EKS supports this version no longer, not even extended (as of ${EKS_VERSIONS_AS_OF}).`,
            given: shown(version),
            allowed: `${oldest} or later`,
            fix: `Set version to ${supported.at(-1)?.version ?? 'a later one'}, or leave it out for EKS' default.`,
          },
        ];
      }
      if (minorOf(version) < minorOf(GUARDS_SINCE) && hasGuards(cluster.guards)) {
        return [
          {
            path,
            message: 'Guards are admission policies, which this version of Kubernetes does not have.',
            given: shown(version),
            allowed: `${GUARDS_SINCE} or later`,
            fix: 'Upgrade the cluster, or remove its guards.',
          },
        ];
      }
      return [];
    }),
};
