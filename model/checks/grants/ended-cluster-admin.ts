import { shown } from '../../../constraints/finding';
import { endedClusterAdmin, hasClusterAdmin } from '../../derived/cluster-administrators';
import type { Check } from '../check';

/** No cluster has lost its last grant of cluster-admin because it ended. */
export const endedClusterAdminCheck: Check = {
  name: 'ended-cluster-admin',
  severity: 'warning',
  reason:
    'After the last grant of cluster-admin has ended, nobody can repair the cluster through Okta. Synthesis goes on, so that everything else that ended is taken away.',
  fix: 'Grant a group cluster-admin on the whole cluster, or set a later day.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
  requires: ['clusters', 'grants'],
  find: (access) =>
    Object.values(access.clusters).flatMap((cluster) => {
      const path = hasClusterAdmin(cluster) ? undefined : endedClusterAdmin(access, cluster);
      if (path === undefined) return [];
      const { key, kind } = cluster;
      const others = kind === 'self-managed' ? 'Only its own credentials administer it' : 'Only IAM administers it';
      return [
        {
          path,
          message: `The last grant of cluster-admin on the cluster ${shown(key)} has ended. ${others}: nobody can repair it through Okta.`,
          given: access.expired.find((one) => one.path === path)?.expires ?? '',
          allowed: `${access.day} or later, or another grant of cluster-admin, without namespaces`,
          fix: 'Set a later day, or grant a group cluster-admin on the whole cluster.',
        },
      ];
    }),
};
