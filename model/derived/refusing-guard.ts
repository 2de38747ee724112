import { isSystemNamespace } from '../../constraints/kubernetes/initial-namespaces';
import type { AccessRequest } from '../../rbac';
import type { Guards } from './guards';

/** A guard that refuses a request which RBAC allows. */
export interface RefusingGuard {
  /** Its path below `guards`, such as `namespaces.payments`. */
  readonly guard: string;
  /** The groups that may do it. */
  readonly members: readonly string[];
}

const CHANGES = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const DELETIONS = ['delete', 'deletecollection'];
const STREAMS = ['exec', 'attach', 'portforward', 'proxy'];

/**
 * The guard that refuses a request of users in some Okta groups; undefined if none does. A guard sees changes and
 * connections. It never sees reads, and it sees an impersonated request as one of the impersonated user.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
 */
export function refusingGuard(
  guards: Guards,
  groups: readonly string[],
  request: AccessRequest,
): RefusingGuard | undefined {
  if ('path' in request) return undefined;
  const { verb, apiGroup, resource, subresource, namespace, name } = request;
  const refusal = (guard: string, members: readonly string[] | undefined) =>
    members !== undefined && !groups.some((group) => members.includes(group)) ? { guard, members } : undefined;
  const isSecret = apiGroup === '' && resource === 'secrets' && subresource === undefined;
  if (isSecret && DELETIONS.includes(verb)) {
    const refused = refusal('secretDeletion', guards.secretDeletion);
    if (refused !== undefined) return refused;
  }
  if (!CHANGES.includes(verb) && !STREAMS.includes(subresource ?? '')) return undefined;
  const place = apiGroup === '' && resource === 'namespaces' ? name : namespace;
  if (place === undefined) return undefined;
  const members = Object.hasOwn(guards.namespaces, place) ? guards.namespaces[place] : undefined;
  const ofSystem = isSystemNamespace(place) ? guards.systemNamespaces : undefined;
  return refusal(`namespaces.${place}`, members) ?? refusal('systemNamespaces', ofSystem);
}
