import { isSystemNamespace } from '../../constraints/kubernetes/initial-namespaces';
import type { AccessRequest, ResourceRequest } from '../../rbac';
import { type Guards, refusingLists } from './guards';

/** A guard that refuses a request which RBAC allows. */
export interface RefusingGuard {
  /** Its path below `guards`, such as `namespaces.payments`. */
  readonly guard: string;
  /** The groups that may do it. */
  readonly members: readonly string[];
  /** Whether a kubelet allows the same request, because it sees no guards. */
  readonly isAllowedByKubelets: boolean;
}

const CHANGES = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const DELETIONS = ['delete', 'deletecollection'];
const STREAMS = ['exec', 'attach', 'portforward', 'proxy'];

/**
 * The guard that refuses a request of users in some Okta groups to the API server; undefined if none does, as on a
 * cluster whose guards only warn. A guard sees changes and connections. It never sees reads, and it sees an impersonated
 * request as one of the impersonated user. Changes that a guard refuses only with some contents are not refused here.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
 */
export function refusingGuard(
  guards: Guards,
  groups: readonly string[],
  request: AccessRequest,
): RefusingGuard | undefined {
  if ('path' in request) return undefined;
  const { secretDeletion, systemNamespaces, namespaces } = refusingLists(guards);
  const { verb, apiGroup, resource, subresource, namespace, name } = request;
  const isAllowedByKubelets = isNodeProxy(request);
  const refusal = (guard: string, members: readonly string[] | undefined) =>
    members !== undefined && !groups.some((group) => members.includes(group))
      ? { guard, members, isAllowedByKubelets }
      : undefined;
  const withSecrets = guards.letsDeleteNamespaces ? ['secrets'] : ['secrets', 'namespaces'];
  const hasSecrets = apiGroup === '' && withSecrets.includes(resource) && subresource === undefined;
  if (hasSecrets && DELETIONS.includes(verb)) {
    const refused = refusal('secretDeletion', secretDeletion);
    if (refused !== undefined) return refused;
  }
  if (isNodeProxy(request) || deletesDefinitions(request)) {
    const refusals = Object.entries(namespaces).map(([place, members]) => refusal(`namespaces.${place}`, members));
    return refusals.find((refused) => refused !== undefined) ?? refusal('systemNamespaces', systemNamespaces);
  }
  if (!CHANGES.includes(verb) && !STREAMS.includes(subresource ?? '')) return undefined;
  const place = apiGroup === '' && resource === 'namespaces' ? name : namespace;
  if (place === undefined) return undefined;
  const members = Object.hasOwn(namespaces, place) ? namespaces[place] : undefined;
  const ofSystem = isSystemNamespace(place) ? systemNamespaces : undefined;
  return refusal(`namespaces.${place}`, members) ?? refusal('systemNamespaces', ofSystem);
}

/** A connection to a kubelet, and so to pods of every namespace. */
function isNodeProxy({ apiGroup, resource, subresource }: ResourceRequest): boolean {
  return apiGroup === '' && resource === 'nodes' && subresource === 'proxy';
}

/** The deletion of CustomResourceDefinitions, with which their objects in every namespace are deleted. */
function deletesDefinitions({ verb, apiGroup, resource }: ResourceRequest): boolean {
  return DELETIONS.includes(verb) && apiGroup === 'apiextensions.k8s.io' && resource === 'customresourcedefinitions';
}
