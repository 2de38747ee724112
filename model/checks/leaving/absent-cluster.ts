import { shown } from '../../../constraints/finding';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** No grant names a cluster that is absent. */
export const absentCluster: Check = {
  name: 'absent-cluster',
  severity: 'error',
  reason: 'Nobody has access to an absent cluster, so a grant that names it is misleading.',
  fix: 'Remove the cluster from the grant, or remove absent from the cluster.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
  requires: ['clusters', 'grants'],
  find: ({ absentClusters, grants }) =>
    grants.flatMap(({ clusters, path }) =>
      (clusters === '*' ? [] : clusters).flatMap((key, index) =>
        Object.hasOwn(absentClusters, key)
          ? [
              {
                path: `${path}.clusters[${index}]`,
                message: `The cluster ${shown(key)} is absent, so nobody gets a role on it.`,
                given: `${shown(key)}, and absent: true at ${pathText(['clusters', key])}`,
                allowed: "'*', which leaves absent clusters out, or clusters that are not absent",
                fix:
                  clusters.length > 1
                    ? `Remove ${shown(key)} from the list.`
                    : 'Remove the grant, or put a cluster that stays into the list.',
              },
            ]
          : [],
      ),
    ),
};
