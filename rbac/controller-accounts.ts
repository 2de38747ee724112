import { builtInRoles } from './built-in-roles';
import { KUBERNETES_VERSIONS } from './kubernetes/versions';

/**
 * The names of the service accounts of `kube-system` with which the controllers of Kubernetes work, sorted: those to
 * which the API server of any known version gives a role by itself.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#controller-roles
 */
export function controllerAccounts(): readonly string[] {
  const names = Object.keys(KUBERNETES_VERSIONS).flatMap((version) => {
    const { clusterRoleBindings, roleBindings } = builtInRoles(version);
    return [...clusterRoleBindings, ...roleBindings].flatMap(({ subjects }) =>
      subjects.flatMap(({ kind, name, namespace }) =>
        kind === 'ServiceAccount' && namespace === 'kube-system' ? [name] : [],
      ),
    );
  });
  return [...new Set(names)].sort();
}
