import { newerVersionFinding } from '../../../constraints/kubernetes/known-version';
import { missingResources } from '../../../constraints/kubernetes/rule-targets';
import { knownResources } from '../../../rbac';
import type { Access } from '../../derived/access';
import type { Cluster } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The Kubernetes version of a cluster has the resources of the roles that are granted there. */
export const roleRulesOfVersion: Check = {
  name: 'role-rules-of-version',
  severity: 'error',
  reason: 'Kubernetes accepts rules about resources that its version does not have, and they give nothing.',
  fix: 'Grant the role on clusters whose version has the resources, or remove them.',
  source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  requires: ['roles', 'grants', 'clusters'],
  find: (access) =>
    Object.entries(access.roles).flatMap(([name, { rules, aggregateTo }]) => {
      const versions = versionsOf(
        access,
        aggregateTo.length > 0 ? Object.keys(access.clusters) : clustersWith(access, name),
      );
      if (versions === undefined) return [];
      return rules.flatMap((rule, index) =>
        missingResources(rule, knownResources(versions)).map(({ place, finding }) => ({
          ...finding,
          path: pathText(['roles', name, 'rules', index, ...place]),
          given: `${finding.given}, ${aggregateTo.length > 0 ? 'created' : 'granted'} on clusters with ${versions.join(', ')}`,
        })),
      );
    }),
};

/** The keys of the clusters on which a role is granted. */
function clustersWith({ placements }: Access, role: string): readonly string[] {
  return [...new Set(placements.flatMap((placement) => (placement.role === role ? [placement.cluster] : [])))];
}

/** The versions of clusters; undefined if one of them is not known, or if there are none. */
function versionsOf(access: Access, keys: readonly string[]): readonly string[] | undefined {
  const versions = keys.map((key) => knownVersion(access.clusters[key]));
  const known = versions.filter((version) => version !== undefined);
  return keys.length === 0 || known.length < versions.length ? undefined : [...new Set(known)].sort();
}

function knownVersion(cluster: Cluster | undefined): string | undefined {
  const version = cluster !== undefined && 'version' in cluster.settings ? cluster.settings.version : undefined;
  return version === undefined || newerVersionFinding(version) !== undefined ? undefined : version;
}
