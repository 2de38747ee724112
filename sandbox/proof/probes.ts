import { KUBERNETES_NAMESPACES } from '../../constraints/kubernetes/initial-namespaces';
import type { Access, Binding, Cluster } from '../../model';
import { rulesOfRole } from '../../model/derived/rules-of-role';
import { type AccessRequest, type PolicyRule, requestText } from '../../rbac';

/** A request that shows what a person may do. */
export interface Probe {
  readonly request: AccessRequest;
  /** The namespace of the request; null for the whole cluster. */
  readonly namespace: string | null;
  /** The action in words, for a table; undefined for a request that is reported only when its answer is wrong. */
  readonly words?: string;
}

/** The probes of a cluster, and how many of its namespaces they leave out. */
export interface ClusterProbes {
  readonly probes: readonly Probe[];
  readonly namespacesLeftOut: number;
}

/** Every namespace needs as many probes as the whole cluster. */
const MOST_NAMESPACES = 6;

/** Namespaces that a wrong grant could reach, the one with the most to lose first. */
const NEIGHBOURS = ['kube-system', ...KUBERNETES_NAMESPACES];

/** Actions that are probed on the whole cluster and in each namespace. */
const ANYWHERE = [
  { words: 'see pods', verb: 'list', resource: 'pods' },
  { words: 'read logs', verb: 'get', resource: 'pods', subresource: 'log' },
  { words: 'exec', verb: 'create', resource: 'pods', subresource: 'exec' },
  { words: 'delete pods', verb: 'delete', resource: 'pods' },
  { words: 'deploy', verb: 'create', apiGroup: 'apps', resource: 'deployments' },
  { words: 'write config', verb: 'update', resource: 'configmaps' },
  { words: 'read secrets', verb: 'get', resource: 'secrets' },
  { words: 'delete secrets', verb: 'delete', resource: 'secrets' },
  { words: 'grant roles', verb: 'create', apiGroup: 'rbac.authorization.k8s.io', resource: 'rolebindings' },
] as const;

/** Probes of cluster-wide resources and paths. */
const CLUSTER_WIDE: readonly Probe[] = [
  { words: 'see nodes', request: { verb: 'list', apiGroup: '', resource: 'nodes' } },
  { words: 'make namespaces', request: { verb: 'create', apiGroup: '', resource: 'namespaces' } },
  {
    words: 'grant cluster roles',
    request: { verb: 'create', apiGroup: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' },
  },
  { words: 'impersonate', request: { verb: 'impersonate', apiGroup: '', resource: 'users' } },
  { words: 'read metrics', request: { verb: 'get', path: '/metrics' } },
].map((probe) => ({ ...probe, namespace: null }));

/** The probes of a cluster: the general ones, and for each bound role a request that it allows and requests close to it. */
export function clusterProbes(
  { bindings, kubernetesVersion }: Cluster,
  { roles }: Pick<Access, 'roles'>,
): ClusterProbes {
  const bound = [...new Set(bindings.flatMap(({ namespace }) => namespace ?? []))];
  const neighbour = NEIGHBOURS.find((name) => !bound.includes(name)) ?? 'other-namespace';
  const namespaces = [...bound.slice(0, MOST_NAMESPACES), neighbour];
  const probes = [
    ...[null, ...namespaces].flatMap(generalProbes),
    ...CLUSTER_WIDE,
    ...bindings
      .filter(({ namespace }) => namespace === null || namespaces.includes(namespace))
      .flatMap((binding) => roleProbes(binding, rulesOfRole(binding.role, kubernetesVersion, roles), neighbour)),
  ];
  return {
    probes: distinct(probes),
    namespacesLeftOut: bound.length - Math.min(bound.length, MOST_NAMESPACES),
  };
}

function generalProbes(namespace: string | null): readonly Probe[] {
  return ANYWHERE.map(({ words, ...action }) => ({
    words,
    namespace,
    request: { apiGroup: '', ...action, ...(namespace !== null && { namespace }) },
  }));
}

/** The first probe of each request, which is the one with words. */
function distinct(probes: readonly Probe[]): readonly Probe[] {
  const first = new Map<string, Probe>();
  for (const probe of probes) {
    const text = requestText(probe.request);
    if (!first.has(text)) first.set(text, probe);
  }
  return [...first.values()];
}

/** For each rule of a role: a request that it allows, then with another verb, subresource and namespace. */
function roleProbes({ namespace }: Binding, rules: readonly PolicyRule[], neighbour: string): readonly Probe[] {
  const place = namespace === null ? {} : { namespace };
  return rules.flatMap((rule): readonly Probe[] => {
    const [verb = 'get'] = concrete(rule.verbs, 'patch');
    const [path] = rule.nonResourceURLs ?? [];
    if (path !== undefined) return [{ namespace: null, request: { verb, path: path.replace(/\*$/, 'x') } }];
    const [apiGroup = ''] = concrete(rule.apiGroups, 'batch');
    const [resources = 'jobs'] = concrete(rule.resources, 'jobs');
    const [resource = '', subresource] = resources.split('/');
    const [name] = rule.resourceNames ?? [];
    const allowed = {
      verb,
      apiGroup,
      resource,
      ...(subresource !== undefined && { subresource }),
      ...(name !== undefined && { name }),
    };
    return [
      { namespace, request: { ...allowed, ...place } },
      { namespace, request: { ...allowed, ...place, verb: 'deletecollection' } },
      { namespace, request: { ...allowed, ...place, subresource: 'ephemeralcontainers' } },
      { namespace: neighbour, request: { ...allowed, namespace: neighbour } },
    ];
  });
}

/** A list of a rule with `*` replaced by an example. */
function concrete(list: readonly string[] = [], example: string): readonly string[] {
  return list.map((item) => item.replaceAll('*', example));
}
