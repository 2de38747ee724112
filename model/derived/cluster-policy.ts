import { subjectName } from '../../constraints/kubernetes/subject-name';
import { builtInRoles, type ClusterRole, type RbacPolicy, type Role } from '../../rbac';
import type { Access, Cluster } from '../file/access';
import { bindingsByCluster } from './bindings';
import { kubernetesVersion } from './kubernetes-version';
import { roleDefinition } from './roles';

/** The RBAC of a cluster once it is deployed: what Kubernetes brings, and the file's roles and bindings. */
export function clusterPolicy(access: Access, key: string): RbacPolicy {
  const bindings = bindingsByCluster(access).get(key) ?? [];
  const brought = builtInRoles(kubernetesVersion(access.clusters[key] as Cluster));
  const defined = bindings.map((binding) => ({ ...binding, ...roleDefinition(binding.role, access) }));
  const clusterRoles = defined.flatMap(({ kind, kubernetesName, rules }): ClusterRole[] =>
    kind === 'ClusterRole' && rules !== undefined ? [{ name: kubernetesName, rules }] : [],
  );
  const roles = defined.flatMap(({ kind, kubernetesName, namespace, rules }): Role[] =>
    kind === 'Role' && rules !== undefined && namespace !== null ? [{ name: kubernetesName, namespace, rules }] : [],
  );
  const bound = bindings.map((binding) => {
    const { kind, kubernetesName } = roleDefinition(binding.role, access);
    const subjects = binding.groups.map((group) => ({
      kind: 'Group' as const,
      name: subjectName(access.identityProvider.prefix.groups, group),
    }));
    return { name: binding.name, namespace: binding.namespace, roleRef: { kind, name: kubernetesName }, subjects };
  });
  return {
    clusterRoles: [...brought.clusterRoles, ...new Map(clusterRoles.map((role) => [role.name, role])).values()],
    roles,
    clusterRoleBindings: [
      ...brought.clusterRoleBindings,
      ...bound
        .filter(({ namespace }) => namespace === null)
        .map(({ name, roleRef, subjects }) => ({ name, role: roleRef.name, subjects })),
    ],
    roleBindings: bound.flatMap(({ namespace, ...binding }) => (namespace === null ? [] : [{ ...binding, namespace }])),
  };
}
