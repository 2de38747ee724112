import { SYSTEM_NAMESPACES } from '../../constraints/kubernetes/initial-namespaces';
import { authorizer, builtInRoles, compileRule, type PolicyRule, type ResourceRequest } from '../../rbac';
import type { Access } from '../derived/access';
import type { Cluster } from '../derived/clusters';
import { groupBy } from '../derived/group-by';
import type { Guards } from '../derived/guards';
import { iamAccessChangers, iamAdministrators } from '../derived/iam-administrators';
import { hasUnknownRules, type Placement } from '../derived/placements';
import { refusingGuard } from '../derived/refusing-guard';
import { AGGREGATED, isConnection, isGetEnough, isOfAddOn } from './can-i';
import { guardsForIam } from './iam-guards';
import { UNNAMED_CREATOR } from './paths';
import { FROM_ELSEWHERE, type People, peopleOf } from './people';
import { isClusterScoped } from './request-words';

/** Somebody who may do something on a cluster, and by which line of the file. */
export interface WhoCanRow {
  /** `everyone`: every user who signs in. `others`: whoever administers the cluster without a line of the file. */
  readonly kind: 'group' | 'iam-role' | 'everyone' | 'others';
  /** The group, the ARN of the IAM role, or words for somebody whom the file cannot name. */
  readonly name: string;
  /** Key of the cluster. */
  readonly cluster: string;
  /** The namespace; null for the whole cluster. */
  readonly namespace: string | null;
  /** The only objects, by name; null for every object. */
  readonly objects: readonly string[] | null;
  /** The role; null for `everyone` and `others`. */
  readonly role: string | null;
  /**
   * Whether the role allows only `get` of a connection to a pod, such as `pods/exec`, which is enough over WebSocket
   * before Kubernetes 1.35: the cluster is older, or the file does not say its version.
   */
  readonly byGetAlone: boolean;
  /** Whether the role may allow it: somebody else makes the role, and the file does not know its rules. */
  readonly unknownRules: boolean;
  readonly people: People;
  /** Path of the line in the file; null if no line of the file gives it. */
  readonly via: string | null;
  /** Last day; null if it does not end. */
  readonly until: string | null;
  /** The guards that refuse it all the same, there or in a part of it, by their paths under `guards`. */
  readonly guards: readonly string[];
}

/**
 * Who may do something on clusters: groups with their people, administrators by IAM, and whoever the file cannot name.
 * Without a namespace in the request, everybody counts who may do it in any namespace; without a name, everybody who may
 * do it to any object. Components of Kubernetes and service accounts are not listed.
 */
export function whoCan(access: Access, clusters: readonly Cluster[], request: ResourceRequest): readonly WhoCanRow[] {
  const objectsFor = objectsByRules(request);
  const byGet = objectsByRules({ ...request, verb: 'get' });
  const byCluster = groupBy(access.placements, ({ cluster }) => cluster);
  const isEverybodys = everybodys(request);
  return clusters.flatMap((cluster) => [
    ...(isEverybodys(cluster.kubernetesVersion) ? [everyone(cluster, request)] : []),
    ...groupRows(access, cluster, byCluster.get(cluster.key) ?? [], request, { objectsFor, byGet }),
    ...iamRows(cluster, request),
    ...[...namesByAddOns(cluster, request), ...namesOfOthers(cluster)].map((name) => otherRow(name, cluster)),
  ]);
}

const SIGNED_IN = { user: '', groups: ['system:authenticated'] };

/** Whether a Kubernetes version itself allows a request to every user who signs in. */
function everybodys(request: ResourceRequest): (version: string) => boolean {
  const known = new Map<string, boolean>();
  return (version) => {
    const allowed = known.get(version) ?? authorizer(builtInRoles(version))(SIGNED_IN, request).allowed;
    known.set(version, allowed);
    return allowed;
  };
}

/** What Kubernetes itself allows every user. */
function everyone({ key, guards }: Cluster, request: ResourceRequest): WhoCanRow {
  return {
    kind: 'everyone',
    name: 'everyone who signs in',
    ...{ cluster: key, namespace: request.namespace ?? null, objects: null, role: null },
    ...{ byGetAlone: false, unknownRules: false },
    ...{ people: 'everyone', via: null, until: null, guards: guardsAgainst(guards, [], request, null) },
  };
}

function groupRows(
  access: Access,
  cluster: Cluster,
  placements: readonly Placement[],
  request: ResourceRequest,
  { objectsFor, byGet }: { readonly objectsFor: ObjectsFor; readonly byGet: ObjectsFor },
): readonly WhoCanRow[] {
  const isByGet = isConnection(request) && isGetEnough(cluster) !== false;
  return placements.flatMap((placement): readonly WhoCanRow[] => {
    const { group, namespace, role, rules, grant } = placement;
    if (!reaches(namespace, request)) return [];
    const unknownRules = hasUnknownRules(placement);
    const own = unknownRules ? null : objectsFor(rules);
    const objects = own === undefined && isByGet ? byGet(rules) : own;
    const members = access.groups[group];
    if (objects === undefined || members === undefined) return [];
    return [
      {
        kind: 'group',
        name: group,
        cluster: cluster.key,
        namespace: namespace ?? request.namespace ?? null,
        objects,
        role,
        byGetAlone: own === undefined,
        unknownRules,
        people: peopleOf(members),
        via: grant.path,
        until: grant.expires ?? null,
        guards: guardsAgainst(cluster.guards, [group], request, namespace),
      },
    ];
  });
}

function iamRows(cluster: Cluster, request: ResourceRequest): readonly WhoCanRow[] {
  return iamAdministrators(cluster).map((administrator) => ({
    kind: 'iam-role',
    name: administrator.roleArn ?? UNNAMED_CREATOR,
    cluster: cluster.key,
    namespace: request.namespace ?? null,
    objects: null,
    role: 'cluster-admin',
    byGetAlone: false,
    unknownRules: false,
    people: FROM_ELSEWHERE,
    via: administrator.via,
    until: administrator.expires,
    guards: guardsAgainst(guardsForIam(administrator, cluster), [], request, null),
  }));
}

/** Somebody whom no line of the file gives it. */
function otherRow(name: string, { key }: Cluster): WhoCanRow {
  return {
    kind: 'others',
    name,
    ...{ cluster: key, namespace: null, objects: null, role: null, byGetAlone: false, unknownRules: false },
    ...{ people: FROM_ELSEWHERE, via: null, until: null, guards: [] },
  };
}

/** Who may do it to a custom resource if an add-on aggregates rules for it, which no file shows. */
function namesByAddOns({ bindings }: Cluster, request: ResourceRequest): readonly string[] {
  if (!isOfAddOn(request)) return [];
  const held = bindings.filter(
    ({ role, namespace }) => AGGREGATED.includes(role.kubernetesName) && reaches(namespace, request),
  );
  return [...groupBy(held, ({ role }) => role.kubernetesName)].map(([role, bound]) => {
    const groups = [...new Set(bound.flatMap((binding) => binding.groups))];
    return `whoever has ${role}, if an add-on aggregates rules for ${request.apiGroup} into it: ${groups.join(', ')}`;
  });
}

/** Administrators that no file can list. */
function namesOfOthers(cluster: Cluster): readonly string[] {
  const changers = iamAccessChangers(cluster);
  switch (cluster.kind) {
    case 'eks':
      return changers === undefined ? [] : [changers];
    case 'existing-eks':
      return [
        ...(changers === undefined ? [] : [changers]),
        'whoever has an access entry, or an entry in aws-auth, that the file does not list, such as the creator',
      ];
    case 'self-managed':
      return ['whoever has credentials that are not from Okta, such as the client certificate of an administrator'];
  }
}

/** Verbs of requests for many namespaces, or for one that does not exist yet: no role in a namespace allows them. */
const NOT_ABOUT_ONE = ['list', 'watch', 'create', 'deletecollection'];

/** Whether a role in a place can allow a request: one in a namespace allows only what is in it, and the namespace itself. */
function reaches(place: string | null, { verb, apiGroup, resource, namespace }: ResourceRequest): boolean {
  if (place === null) return true;
  if (namespace !== undefined) return place === namespace;
  if (isNamespaceItself(apiGroup, resource)) return !NOT_ABOUT_ONE.includes(verb);
  return !isClusterScoped(apiGroup, resource);
}

function isNamespaceItself(apiGroup: string, resource: string): boolean {
  return apiGroup === '' && resource === 'namespaces';
}

/** The objects for which rules allow a request: null for every object, undefined for none. */
type ObjectsFor = (rules: readonly PolicyRule[]) => readonly string[] | null | undefined;

/** Answers once for all placements with the same rules. */
function objectsByRules(request: ResourceRequest): ObjectsFor {
  const known = new Map<readonly PolicyRule[], ReturnType<ObjectsFor>>();
  return (rules) => {
    if (!known.has(rules)) known.set(rules, objectsOf(rules, request));
    return known.get(rules);
  };
}

function objectsOf(rules: readonly PolicyRule[], request: ResourceRequest): readonly string[] | null | undefined {
  const { verb, subresource, name } = request;
  if (rules.some((rule) => compileRule(rule).allows(request))) return name === undefined ? null : [name];
  // The API server does not know the name of what is created, and a collection has none.
  const hasNoName = verb === 'deletecollection' || (verb === 'create' && subresource === undefined);
  if (name !== undefined || hasNoName) return undefined;
  const names = rules
    .filter(({ resourceNames: _, ...rule }) => compileRule(rule).allows(request))
    .flatMap(({ resourceNames = [] }) => resourceNames);
  return names.length === 0 ? undefined : [...new Set(names)];
}

/** The guards that refuse a request in the place of a role; on the whole cluster, also those of single namespaces. */
function guardsAgainst(
  guards: Guards,
  groups: readonly string[],
  request: ResourceRequest,
  place: string | null,
): readonly string[] {
  const { apiGroup, resource } = request;
  const asked = request.namespace ?? place;
  const isInNamespaces = isNamespaceItself(apiGroup, resource) || !isClusterScoped(apiGroup, resource);
  const guarded = isInNamespaces ? [...SYSTEM_NAMESPACES, ...Object.keys(guards.namespaces)] : [];
  const places = asked === null ? [undefined, ...guarded] : [asked];
  const refusing = places.flatMap((namespace) => {
    const name = request.name ?? (isNamespaceItself(apiGroup, resource) ? namespace : undefined);
    const refusing = refusingGuard(guards, groups, { ...request, namespace, name });
    return refusing === undefined || refusing.isAllowedByKubelets ? [] : refusing.guard;
  });
  return [...new Set(refusing)];
}
