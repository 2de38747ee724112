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
    Object.entries(access.roles).flatMap(([name, { rules }]) => {
      const versions = versionsOf(access, name);
      if (versions === undefined) return [];
      return rules.flatMap((rule, index) =>
        missingResources(rule, knownResources(versions)).map(({ place, finding }) => ({
          ...finding,
          path: pathText(['roles', name, 'rules', index, ...place]),
          given: `${finding.given}, granted on clusters with ${versions.join(', ')}`,
        })),
      );
    }),
};

/** The versions of the clusters on which a role is granted; undefined if one of them is not known. */
function versionsOf(access: Access, role: string): readonly string[] | undefined {
  const keys = new Set(access.placements.flatMap((placement) => (placement.role === role ? [placement.cluster] : [])));
  const versions = [...keys].map((key) => knownVersion(access.clusters[key]));
  const known = versions.filter((version) => version !== undefined);
  return keys.size === 0 || known.length < versions.length ? undefined : [...new Set(known)].sort();
}

function knownVersion(cluster: Cluster | undefined): string | undefined {
  const version = cluster !== undefined && 'version' in cluster.settings ? cluster.settings.version : undefined;
  return version === undefined || newerVersionFinding(version) !== undefined ? undefined : version;
}
