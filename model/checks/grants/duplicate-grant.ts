import { shown } from '../../../constraints/finding';
import { nameList } from '../../../constraints/nearest-name';
import { groupBy } from '../../derived/group-by';
import type { Check } from '../check';

/** Only one grant gives a group a role in a place. */
export const duplicateGrant: Check = {
  name: 'duplicate-grant',
  severity: 'error',
  reason:
    'If two grants give the same access, removing one of them looks like removing the access, but the other still gives it.',
  fix: 'Keep one of the two grants.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
  requires: ['clusters', 'grants'],
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
        message:
          earlier === grant.path
            ? 'This grant lists a cluster twice.'
            : `${earlier} already gives the group ${shown(grant.group)} the role ${shown(grant.role)} there.`,
        given: `${shown(grant.role)} for ${shown(grant.group)} on ${nameList(clusters.map(shown))}`,
        allowed: 'each combination of group, role, and place once',
        fix:
          earlier === grant.path
            ? 'List each cluster once.'
            : `Remove this grant or ${earlier}, or remove the overlap from one of them.`,
      }));
    });
  },
};

function placeText(cluster: string, namespace: string | null): string {
  return namespace === null ? cluster : `${cluster}/${namespace}`;
}
