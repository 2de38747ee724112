import { bindingName } from '../../constraints/kubernetes/binding-name';
import { isSystemNamespace } from '../../constraints/kubernetes/initial-namespaces';
import { subjectName } from '../../constraints/kubernetes/subject-name';
import { type AccessRequest, authorizer, ruleText } from '../../rbac';
import type { Access } from '../derived/access';
import { clusterPolicy } from '../derived/cluster-policy';
import type { Cluster } from '../derived/clusters';
import { groupBy } from '../derived/group-by';
import type { Guards } from '../derived/guards';

/** An answer with its reason. */
export interface Answer {
  readonly allowed: boolean;
  readonly because: string;
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
 * deployment. A guard is not part of RBAC: if one refuses the request, the reason says so.
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
  const prefix = access.identityProvider.prefix.groups;
  const grants = grantPaths(access, cluster, prefix);
  return (groups, request) => {
    // Every signed-in user is in this group. No binding names the user itself.
    const subjects = [...groups.map((group) => subjectName(prefix, group)), 'system:authenticated'];
    const decision = decide({ user: '', groups: subjects }, request);
    if (!decision.allowed) return { allowed: false, because: decision.reason };
    const { subject, binding, role, rule } = decision;
    const place = binding.namespace === undefined ? '' : ` in ${binding.namespace}`;
    const lines = grants.get(JSON.stringify([subject, binding.name, binding.namespace ?? null]));
    const origin = lines === undefined ? '' : `, by ${lines.join(' and ')}`;
    const guard = guardNote(cluster.guards, groups, request);
    return {
      allowed: true,
      because: `${subject} has the ${role.kind} ${role.name}${place} (${binding.kind} ${binding.name}${origin}): ${ruleText(rule)}${guard}`,
    };
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

const CHANGES = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const DELETIONS = ['delete', 'deletecollection'];
const STREAMS = ['exec', 'attach', 'portforward', 'proxy'];

/** A note for a request that RBAC allows and a guard refuses. */
function guardNote(guards: Guards, groups: readonly string[], request: AccessRequest): string {
  if ('path' in request) return '';
  const { verb, apiGroup, resource, subresource, namespace, name } = request;
  const refuses = (allowed: readonly string[] | undefined) =>
    allowed !== undefined && !groups.some((group) => allowed.includes(group));
  const isSecretDeletion =
    apiGroup === '' && resource === 'secrets' && subresource === undefined && DELETIONS.includes(verb);
  if (isSecretDeletion && refuses(guards.secretDeletion)) return note('secretDeletion', guards.secretDeletion);
  const place = apiGroup === '' && resource === 'namespaces' ? name : namespace;
  const guarded = place !== undefined && Object.hasOwn(guards.namespaces, place) ? guards.namespaces[place] : undefined;
  const isChange = CHANGES.includes(verb) || STREAMS.includes(subresource ?? '');
  if (!isChange) return '';
  const ofSystem = place !== undefined && isSystemNamespace(place) ? guards.systemNamespaces : undefined;
  if (refuses(ofSystem)) return note('systemNamespaces', ofSystem);
  return refuses(guarded) ? note(`namespaces.${place}`, guarded) : '';
}

function note(guard: string, allowed: readonly string[] = []): string {
  return `. But the guard ${guard} ${allowed.length === 0 ? 'denies it to everyone' : `allows it only to ${allowed.join(', ')}`}`;
}
