import { byCodeUnits } from './by-code-units';
import { kubernetesData, NEWEST_KUBERNETES } from './kubernetes/kubernetes-data';

/** A resource of the Kubernetes API. */
export interface ApiResource {
  /** API group; `''` is the core group. */
  readonly apiGroup: string;
  /** Plural name, as in rules and URLs, such as `deployments`. */
  readonly name: string;
  /** Kind, as in manifests, such as `Deployment`; kubectl accepts it in lower case as the singular. */
  readonly kind: string;
  /** Short names that kubectl accepts, such as `deploy`. */
  readonly shortNames: readonly string[];
  readonly isNamespaced: boolean;
  /**
   * Whether API servers serve it without extra flags, because it is in a stable API version. Alpha and beta API versions
   * have to be enabled. A subresource of a stable version can still need a feature gate: `pods/resize` in 1.32 and
   * `csinodes/status` in 1.37 do.
   */
  readonly isServedByDefault: boolean;
  /** Verbs of requests for the resource, such as `list`. */
  readonly verbs: readonly string[];
  /** Names of the subresources, such as `scale`, each with its verbs. */
  readonly subresources: Readonly<Record<string, readonly string[]>>;
}

/** The resources of metrics-server, which `kubectl top` reads. Other extension API servers are not covered. */
const METRICS: readonly ApiResource[] = [metrics('nodes', 'NodeMetrics', false), metrics('pods', 'PodMetrics', true)];

/**
 * The resources of a Kubernetes version such as `1.34`, with every API version enabled, and those of metrics-server:
 * namespaced resources first, in order of their API groups. If API groups share a resource name, the core group thus
 * comes first, as in kubectl's lookup.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export function apiResources(version: string): readonly ApiResource[] {
  return [...kubernetesData(version).apiResources, ...METRICS].sort(
    (a, b) => Number(b.isNamespaced) - Number(a.isNamespaced) || byCodeUnits(a.apiGroup, b.apiGroup),
  );
}

/** Whether an API group is one of Kubernetes itself. Custom resources and extension API servers have others. */
export function isKubernetesApiGroup(apiGroup: string): boolean {
  ownGroups ??= new Set(kubernetesData(NEWEST_KUBERNETES).apiResources.map((resource) => resource.apiGroup));
  return ownGroups.has(apiGroup);
}

let ownGroups: ReadonlySet<string> | undefined;

function metrics(name: string, kind: string, isNamespaced: boolean): ApiResource {
  return {
    apiGroup: 'metrics.k8s.io',
    name,
    kind,
    shortNames: [],
    isNamespaced,
    isServedByDefault: false,
    verbs: ['get', 'list'],
    subresources: {},
  };
}
