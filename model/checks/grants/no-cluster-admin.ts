import { plain, shown } from '../../../constraints/finding';
import type { Binding } from '../../derived/bindings';
import { endedClusterAdmin, hasClusterAdmin } from '../../derived/cluster-administrators';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Each cluster has a group that can administer it, or had one whose grant has ended: an end never stops a pipeline. */
export const noClusterAdmin: Check = {
  name: 'no-cluster-admin',
  severity: 'error',
  reason: 'If no group has cluster-admin, nobody can repair the cluster through Okta.',
  fix: 'Grant a group cluster-admin on the whole cluster.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
  requires: ['clusters', 'grants'],
  find: (access) =>
    Object.values(access.clusters)
      .filter((cluster) => !hasClusterAdmin(cluster) && endedClusterAdmin(access, cluster) === undefined)
      .map(({ key, bindings }) => ({
        path: pathText(['clusters', key]),
        message: `No group has cluster-admin on the whole cluster ${shown(key)}, so its administrators would be locked out.`,
        given: bindings.map(bindingText).join(', ') || 'no grant',
        allowed: 'at least one grant of cluster-admin, without namespaces',
        fix: `Add a grant { group, role: 'cluster-admin', clusters: [${shown(key)}] }.`,
      })),
};

function bindingText({ role, namespace }: Binding): string {
  return namespace === null ? plain(role.name) : `${plain(role.name)} in ${plain(namespace)}`;
}
