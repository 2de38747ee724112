import { bindingName } from '../../constraints/kubernetes/binding-name';
import { minorOf } from '../../constraints/kubernetes/known-version';
import { subjectName } from '../../constraints/kubernetes/subject-name';
import {
  type AccessRequest,
  authorizer,
  builtInRoles,
  isKubernetesApiGroup,
  type ResourceRequest,
  ruleText,
} from '../../rbac';
import type { Access } from '../derived/access';
import type { Binding } from '../derived/bindings';
import { clusterPolicy } from '../derived/cluster-policy';
import type { Cluster } from '../derived/clusters';
import { groupBy } from '../derived/group-by';
import { type RefusingGuard, refusingGuard } from '../derived/refusing-guard';

/** An answer with its reason. */
export interface Answer {
  /** What RBAC answers; null if that depends on something that the file does not say. */
  readonly allowed: boolean | null;
  readonly because: string;
  /** The guard that refuses it all the same, such as `secretDeletion`; undefined if none does. */
  readonly guard?: string;
}

/** A question about what users in some groups may do on a cluster. */
export interface Question {
  readonly cluster: Cluster;
  /** Okta groups. */
  readonly groups: readonly string[];
  readonly request: AccessRequest;
}

/**
 * Whether RBAC allows users in some groups to do something on a cluster: the answer that the cluster would give after
 * deployment. A guard is not part of RBAC: if one refuses the request, `guard` names it, and the reason says so.
 */
export function canI(access: Access, { cluster, groups, request }: Question): Answer {
  return answersOf(access, cluster)(groups, request);
}

/** Answers many questions about one cluster, and computes its RBAC only once. */
export function answersOf(
  access: Access,
  cluster: Cluster,
): (groups: readonly string[], request: AccessRequest) => Answer {
  const decide = authorizer(clusterPolicy(access, cluster));
  const prefix = cluster.identityProvider.prefix.groups;
  const grants = grantPaths(access, cluster, prefix);
  const unknown = bindingsOfUnknownRoles(cluster);
  return (groups, request) => {
    // Every signed-in user is in this group. No binding names the user itself.
    const who = { user: '', groups: [...groups.map((group) => subjectName(prefix, group)), 'system:authenticated'] };
    const decision = decide(who, request);
    const isAllowed = (verb: string) => decide(who, { ...request, verb }).allowed;
    const stream = streamNote(cluster, request, decision.allowed, isAllowed);
    if (!decision.allowed) {
      const deciding = unknown.find((binding) => applies(binding, groups, request));
      if (deciding !== undefined) return { allowed: null, because: unknownRoleText(deciding, request) };
      return { allowed: false, because: `${decision.reason}${stream}${addOnNote(cluster, groups, request)}` };
    }
    const { subject, binding, role, rule } = decision;
    const place = binding.namespace === undefined ? '' : ` in ${binding.namespace}`;
    const lines = grants.get(JSON.stringify([subject, binding.name, binding.namespace ?? null]));
    const origin = lines === undefined ? '' : `, by ${lines.join(' and ')}`;
    const reason = `${subject} has the ${role.kind} ${role.name}${place} (${binding.kind} ${binding.name}${origin}): ${ruleText(rule)}${stream}`;
    const refusing = refusingGuard(cluster.guards, groups, request);
    if (refusing === undefined) return { allowed: true, because: reason };
    const because = `${reason}${guardNote(refusing)}`;
    return refusing.isAllowedByKubelets
      ? { allowed: true, because }
      : { allowed: true, because, guard: refusing.guard };
  };
}

/** The grants that add each subject to each binding of a cluster, by path. */
function grantPaths({ placements }: Access, { key }: Cluster, prefix: string): ReadonlyMap<string, readonly string[]> {
  const byPlace = groupBy(
    placements.filter(({ cluster }) => cluster === key),
    ({ group, role, namespace }) => JSON.stringify([subjectName(prefix, group), bindingName(role), namespace]),
  );
  return new Map([...byPlace].map(([place, placed]) => [place, placed.map(({ grant }) => grant.path)]));
}

/** The bindings of roles that are in no data and in no file: somebody else defines them. */
function bindingsOfUnknownRoles({ bindings, kubernetesVersion }: Cluster): readonly Binding[] {
  const known = new Set(builtInRoles(kubernetesVersion).clusterRoles.map(({ name }) => name));
  return bindings.filter(({ role }) => role.rules === undefined && !known.has(role.kubernetesName));
}

/** Whether a binding is for one of the groups, and in the place of a request. */
function applies({ groups, namespace }: Binding, asked: readonly string[], request: AccessRequest): boolean {
  if (!asked.some((group) => groups.includes(group))) return false;
  return namespace === null || (!('path' in request) && request.namespace === namespace);
}

function unknownRoleText({ role, namespace, groups }: Binding, request: AccessRequest): string {
  const place = namespace === null ? '' : ` in ${namespace}`;
  return `Could not check: the file does not know the rules of the ${role.kind} ${role.kubernetesName}${place}, which ${groups.join(', ')} have. No other rule allows ${request.verb}`;
}

function guardNote({ guard, members, isAllowedByKubelets }: RefusingGuard): string {
  const denies = members.length === 0 ? 'denies it to everyone' : `allows it only to ${members.join(', ')}`;
  return `. But the guard ${guard} ${denies}${isAllowedByKubelets ? ' through the API server. A kubelet that is reached directly allows it all the same' : ''}`;
}

/** Subresources of pods that are connections, which a request can start with two verbs. */
export const CONNECTIONS = ['exec', 'attach', 'portforward'];
/** The first minor version that checks `create` on connections over WebSocket, too. */
const CREATE_CHECKED_SINCE = 35;

/** Whether a request is a connection to a pod: a `create` over SPDY, a `get` over WebSocket. */
export function isConnection(request: AccessRequest): request is ResourceRequest {
  if ('path' in request || request.apiGroup !== '' || request.resource !== 'pods') return false;
  return CONNECTIONS.includes(request.subresource ?? '') && (request.verb === 'get' || request.verb === 'create');
}

/** Whether `get` alone is enough for a connection over WebSocket: before 1.35; `maybe` if the file has no version. */
export function isGetEnough({ settings }: Cluster): boolean | 'maybe' {
  const version = 'version' in settings ? settings.version : undefined;
  return version === undefined ? 'maybe' : minorOf(version) < CREATE_CHECKED_SINCE;
}

/**
 * What the verbs of a connection to a pod mean: over SPDY it is a `create`; over WebSocket it is a `get`, and from 1.35
 * a `create` as well. kubectl tries WebSocket first, and then SPDY.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/
 */
function streamNote(
  cluster: Cluster,
  request: AccessRequest,
  allowed: boolean,
  isAllowed: (verb: string) => boolean,
): string {
  if (!isConnection(request)) return '';
  const { verb, subresource } = request;
  if (allowed === isAllowed(verb === 'get' ? 'create' : 'get')) return '';
  const enough = isGetEnough(cluster);
  const hasGet = (verb === 'get') === allowed;
  const thing = `pods/${subresource}`;
  if (!hasGet) {
    return verb === 'create'
      ? `. Clients that connect over WebSocket only also need get ${thing}, which they may not`
      : `. But they may create ${thing}, which is enough to connect over SPDY`;
  }
  const before = `before Kubernetes 1.35, get ${thing} alone is enough to connect over WebSocket`;
  if (verb === 'create') {
    if (!enough) return '';
    return enough === true
      ? `. But ${before}, and they may do that`
      : `. But they may get ${thing}, and the file does not say which version the cluster has: ${before}`;
  }
  if (enough === true) return `. They may not create ${thing}, but ${before}`;
  return !enough
    ? `. But from Kubernetes 1.35, a connection needs create ${thing} as well, which they may not`
    : `. They may not create ${thing}, which a connection needs from Kubernetes 1.35; ${before}`;
}

/** Roles into which add-ons can aggregate rules. */
export const AGGREGATED: readonly string[] = ['view', 'edit', 'admin'];

/** Whether a request is for a resource in the API group of an add-on, whose rules the file does not know. */
export function isOfAddOn(request: AccessRequest): request is ResourceRequest {
  return !('path' in request) && request.apiGroup !== '*' && !isKubernetesApiGroup(request.apiGroup);
}

/** A note for a denied request in the API group of an add-on, whose rules the file does not know. */
function addOnNote({ bindings }: Cluster, groups: readonly string[], request: AccessRequest): string {
  if (!isOfAddOn(request)) return '';
  const held = bindings.filter(
    (binding) => AGGREGATED.includes(binding.role.kubernetesName) && applies(binding, groups, request),
  );
  if (held.length === 0) return '';
  const names = [...new Set(held.map(({ role }) => role.kubernetesName))].join(' and ');
  return `. Add-ons may aggregate rules for ${request.apiGroup} into view, edit, and admin, and the group has ${names}: look at the cluster`;
}
