import { shown } from '../../../constraints/finding';
import { isServiceAccountGroup } from '../../../constraints/kubernetes/service-account-group';
import { settingsOf } from '../../derived/access';
import { groupBy } from '../../derived/group-by';
import { guardLists } from '../../file/guard-lists';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A guard that names a group which has no access lets nobody through by it. */
export const guardWithoutAccess: Check = {
  name: 'guard-without-access',
  severity: 'warning',
  reason: 'A guard only takes away: a group that it spares needs a grant all the same.',
  fix: 'Grant the group a role on the cluster, or take it out of the guard.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  restsOn: ['grants', 'clusters', 'guards'],
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
            message: `The guard spares ${shown(group)}, which has no access ${cluster === undefined ? 'to any cluster' : `to ${cluster}`}.`,
            given: shown(group),
            allowed: 'groups with a grant there',
            fix: 'Add a grant, or remove the group here.',
          },
        ];
      }),
    );
  },
};
