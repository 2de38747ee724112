import { builtInRoles, NEWEST_KUBERNETES } from './built-in-roles';
import { CLUSTER_SCOPED_RESOURCES } from './cluster-scoped-resources';

/** Groups that name resources of other groups again. */
const OTHER_NAMES: ReadonlySet<string> = new Set(['*', 'extensions', 'events.k8s.io', 'metrics.k8s.io']);

/** The API group of a resource of Kubernetes, such as `apps` of `deployments`; undefined for one that it does not know. */
export function apiGroupOf(resource: string): string | undefined {
  return GROUPS.get(resource);
}

const GROUPS: ReadonlyMap<string, string> = new Map([
  ...[...CLUSTER_SCOPED_RESOURCES]
    .map((name) => [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)] as const)
    .filter(([, group]) => !OTHER_NAMES.has(group)),
  ...builtInRoles(NEWEST_KUBERNETES).clusterRoles.flatMap(({ rules }) =>
    rules.flatMap(({ apiGroups = [], resources = [] }) =>
      apiGroups
        .filter((group) => !OTHER_NAMES.has(group))
        .flatMap((group) => resources.map((resource) => [resource.split('/')[0] as string, group] as const)),
    ),
  ),
]);
