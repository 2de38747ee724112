import { plain, shown } from '../../../constraints/finding';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Each cluster needs a group that can administer it. */
export const noClusterAdmin: Check = {
  name: 'no-cluster-admin',
  severity: 'error',
  reason: 'Without a cluster-admin among the signed-in people nobody can mend a cluster but by IAM.',
  fix: 'Grant a group cluster-admin on the cluster.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
  restsOn: ['clusters', 'grants'],
  find: ({ clusters }) =>
    Object.values(clusters)
      .filter(
        ({ bindings }) => !bindings.some(({ role, namespace }) => role.name === 'cluster-admin' && namespace === null),
      )
      .map(({ key, bindings }) => ({
        path: pathText(['clusters', key]),
        message: `No group is cluster-admin of the cluster ${shown(key)}, which would lock its administrators out.`,
        given: bindings.map(({ role }) => plain(role.name)).join(', ') || 'no grant at all',
        allowed: 'at least one grant of cluster-admin',
        fix: `Add a grant { group, role: 'cluster-admin', clusters: [${shown(key)}] }.`,
      })),
};
