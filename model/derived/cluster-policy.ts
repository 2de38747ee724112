import { subjectName } from '../../constraints/kubernetes/subject-name';
import { builtInRoles, type ClusterRole, type RbacPolicy, type Role } from '../../rbac';
import type { Access } from './access';
import type { Cluster } from './clusters';
import { aggregatedRoles, clusterRoleOf } from './roles';

/** The RBAC of a cluster after deployment: the bootstrap roles of Kubernetes, and the roles and bindings of the file. */
export function clusterPolicy(
  { roles: ownRoles }: Access,
  { bindings, identityProvider, kubernetesVersion }: Cluster,
): RbacPolicy {
  const bootstrap = builtInRoles(kubernetesVersion);
  const clusterRoles = [...aggregatedRoles({ roles: ownRoles }), ...bindings.map(({ role }) => role)].flatMap(
    (role): ClusterRole[] => (role.kind === 'ClusterRole' && role.rules !== undefined ? [clusterRoleOf(role)] : []),
  );
  const roles = bindings.flatMap(({ namespace, role: { kind, kubernetesName, rules } }): Role[] =>
    kind === 'Role' && rules !== undefined && namespace !== null ? [{ name: kubernetesName, namespace, rules }] : [],
  );
  const bound = bindings.map(({ name, namespace, role: { kind, kubernetesName }, groups }) => {
    const subjects = groups.map((group) => ({
      kind: 'Group' as const,
      name: subjectName(identityProvider.prefix.groups, group),
    }));
    return { name, namespace, roleRef: { kind, name: kubernetesName }, subjects };
  });
  return {
    clusterRoles: [...bootstrap.clusterRoles, ...new Map(clusterRoles.map((role) => [role.name, role])).values()],
    roles: [...bootstrap.roles, ...roles],
    clusterRoleBindings: [
      ...bootstrap.clusterRoleBindings,
      ...bound
        .filter(({ namespace }) => namespace === null)
        .map(({ name, roleRef, subjects }) => ({ name, role: roleRef.name, subjects })),
    ],
    roleBindings: [
      ...bootstrap.roleBindings,
      ...bound.flatMap(({ namespace, ...binding }) => (namespace === null ? [] : [{ ...binding, namespace }])),
    ],
  };
}
