import { shown } from '../../../constraints/finding';
import { isServiceAccountGroup } from '../../../constraints/kubernetes/service-account-group';
import { settingsOf } from '../../derived/access';
import { groupBy } from '../../derived/group-by';
import { guardLists } from '../../file/guard-lists';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A guard exempts only groups that have access. */
export const guardWithoutAccess: Check = {
  name: 'guard-without-access',
  severity: 'warning',
  reason: 'A guard gives no access: a group that it exempts also needs a grant.',
  fix: 'Grant the group a role on the cluster, or remove it from the guard.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  requires: ['grants', 'clusters', 'guards'],
  find: (access) => {
    const byCluster = groupBy(access.placements, ({ cluster }) => cluster);
    const granted = new Map([...byCluster].map(([key, placed]) => [key, new Set(placed.map(({ group }) => group))]));
    const everywhere = new Set([...granted.values()].flatMap((groups) => [...groups]));
    return guardLists(settingsOf(access)).flatMap(({ members, place, cluster }) =>
      members.flatMap((group, index) => {
        const groups = cluster === undefined ? everywhere : granted.get(cluster);
        if (isServiceAccountGroup(group) || groups?.has(group)) return [];
        return [
          {
            path: pathText([...place, index]),
            message: `The guard exempts the group ${shown(group)}, which has no access ${cluster === undefined ? 'to any cluster' : `to ${cluster}`}.`,
            given: shown(group),
            allowed: 'groups with a grant there',
            fix: 'Add a grant, or remove the group from the guard.',
          },
        ];
      }),
    );
  },
};
