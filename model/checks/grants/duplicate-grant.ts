import { shown } from '../../../constraints/finding';
import { nameList } from '../../../constraints/nearest-name';
import { groupBy } from '../../derived/group-by';
import type { Check } from '../check';

/** A group gets a role on a cluster by one line of the file. */
export const duplicateGrant: Check = {
  name: 'duplicate-grant',
  severity: 'error',
  reason: 'With the same grant twice, removing one line would look like taking access away and would not.',
  fix: 'Keep one of the two grants.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
  restsOn: ['clusters', 'grants'],
  find: (access) => {
    const first = new Map<string, string>();
    return [...groupBy(access.placements, ({ grant }) => grant)].flatMap(([grant, placements]) => {
      const again = new Map<string, string[]>();
      for (const { group, role, cluster, namespace } of placements) {
        const identity = JSON.stringify([group, role, cluster, namespace]);
        const earlier = first.get(identity);
        if (earlier === undefined) first.set(identity, grant.path);
        else again.set(earlier, [...(again.get(earlier) ?? []), placeText(cluster, namespace)]);
      }
      return [...again].map(([earlier, clusters]) => ({
        path: grant.path,
        message: `${shown(grant.group)} has the role ${shown(grant.role)} there by ${earlier} already.`,
        given: `${shown(grant.role)} for ${shown(grant.group)} on ${nameList(clusters.map(shown))}`,
        allowed: 'each group, role and place once',
        fix:
          earlier === grant.path
            ? 'Name each cluster once.'
            : `Remove this grant or ${earlier}, or take these clusters out of one.`,
      }));
    });
  },
};

function placeText(cluster: string, namespace: string | null): string {
  return namespace === null ? cluster : `${cluster}/${namespace}`;
}
