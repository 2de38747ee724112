import { exemptGroups, isExemptUser } from '../../constraints/kubernetes/guard-exemptions';
import { subjectName } from '../../constraints/kubernetes/subject-name';
import { AGGREGATED_ROLES } from '../../rbac/built-in-roles';
import { allEffectiveRules } from '../../rbac/effective-rules';
import {
  type Chain,
  findPaths,
  type Impersonated,
  type NamespaceTerrain,
  type Terrain,
} from '../../rbac/paths/find-paths';
import type { PlacedRules } from '../../rbac/paths/permission';
import type { PolicyRule } from '../../rbac/policy-rule';
import type { Access } from './access';
import { isEks, readsAwsAuth } from './cluster-kinds';
import type { Cluster } from './clusters';
import { groupBy } from './group-by';
import { refusingLists } from './guards';
import { hasUnknownRules, type Placement } from './placements';
import { refusingGuard } from './refusing-guard';
import { roleDefinition } from './roles';
import { clusterRolesOf } from './rules-of-role';

/** What a group can become on a cluster, by chains of permissions; nothing without a grant there. */
export type Becoming = (group: string, cluster: string) => readonly Chain[];

const known = new WeakMap<object, Becoming>();

/**
 * What each group can become on each cluster. Groups with the same roles on clusters of the same kind share the chains,
 * which are searched when they are first asked for.
 */
export function becoming(access: Pick<Access, 'placements' | 'clusters' | 'roles' | 'namespaces'>) {
  const found = known.get(access.placements) ?? becomingOf(access);
  known.set(access.placements, found);
  return found;
}

function becomingOf(access: Parameters<typeof becoming>[0]): Becoming {
  const byCluster = new Map(
    [...groupBy(access.placements, ({ cluster }) => cluster)].map(([key, placements]) => [
      key,
      groupBy(placements, ({ group }) => group),
    ]),
  );
  const placedOf = placedRules(access);
  const terrains = new Map<string, { readonly terrain: Terrain; readonly identity: string }>();
  const chains = new Map<string, readonly Chain[]>();
  // A fleet asks for 100 000 groups on clusters, which few kinds of placements make: numbers compare faster than rules.
  const numbers = new Map<PlacedRules, number>();
  const numberOf = (placed: PlacedRules) => {
    const number = numbers.get(placed) ?? numbers.size;
    numbers.set(placed, number);
    return number;
  };
  return (group, key) => {
    const cluster = access.clusters[key];
    const groups = byCluster.get(key);
    const placements = groups?.get(group);
    if (cluster === undefined || groups === undefined || placements === undefined) return [];
    const known = terrains.get(key) ?? terrainOf(access, cluster, groups, placedOf);
    terrains.set(key, known);
    const placed = placements.map(placedOf);
    const identity = `${known.identity}|${guardIdentity(cluster, group)}|${placed.map(numberOf).sort().join()}`;
    const found = chains.get(identity) ?? [
      ...findPaths(
        {
          placed,
          refuses: (request) => refusingGuard(cluster.guards, [group], request) !== undefined,
        },
        known.terrain,
      ),
      ...placements.filter(hasUnknownRules).map((placement) => unknownChain(placedOf(placement))),
    ];
    chains.set(identity, found);
    return found;
  };
}

/** The chain to whatever a role allows that somebody else defines: nobody knows where it leads. */
function unknownChain(placed: PlacedRules): Chain {
  const place = placed.namespace === null ? 'on the whole cluster' : `in ${placed.namespace}`;
  const text = `whatever ${placed.role} allows ${place}`;
  const step = {
    permission: `the ${placed.kind} ${placed.role} ${place}`,
    does: 'has rules that the file does not know',
  };
  return {
    to: text,
    target: { kind: 'rules', text },
    certain: false,
    steps: [{ ...step, gives: text, certain: false }],
    passes: [],
    roles: [placed],
    isByRole: false,
  };
}

/**
 * What an administrator by IAM can become on a cluster, whom no guard holds: they can remove it. Clusters of the same kind
 * share the chains.
 */
export function becomingByIam(access: Parameters<typeof becoming>[0]): (cluster: Cluster) => readonly Chain[] {
  const chains = new Map<string, readonly Chain[]>();
  return (cluster) => {
    const { terrain, identity } = terrainOf(access, cluster);
    const found = chains.get(identity) ?? findPaths({ placed: [ADMINISTRATOR], refuses: () => false }, terrain);
    chains.set(identity, found);
    return found;
  };
}

const ADMINISTRATOR: PlacedRules = {
  role: 'cluster-admin',
  kind: 'ClusterRole',
  namespace: null,
  rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
};

/** Which guards let a group pass. */
function guardIdentity({ guards }: Cluster, group: string): string {
  const { namespaces, ...lists } = refusingLists(guards);
  return JSON.stringify(
    [...Object.entries(lists), ...Object.entries(namespaces)].flatMap(([name, members]) =>
      members === undefined ? [] : [[name, members.includes(group)]],
    ),
  );
}

/** The rules of a placement, as one object for each role and place. */
function placedRules(access: Pick<Access, 'roles'>): (placement: Placement) => PlacedRules {
  const known = new Map<readonly PolicyRule[], Map<string, PlacedRules>>();
  return ({ role, namespace, rules }) => {
    const places = known.get(rules) ?? new Map<string, PlacedRules>();
    known.set(rules, places);
    // Neither name contains a slash.
    const place = `${role}/${namespace ?? ''}`;
    const found = places.get(place);
    if (found !== undefined) return found;
    const { kind, kubernetesName } = roleDefinition(role, access);
    const placed = { role: kubernetesName, kind, namespace, rules };
    places.set(place, placed);
    return placed;
  };
}

/** What paths depend on at a cluster, and a text that is the same for clusters on which they are the same. */
export function terrainOf(
  access: Parameters<typeof becoming>[0],
  cluster: Cluster,
  groups: ReadonlyMap<string, readonly Placement[]> = new Map(),
  placedOf: (placement: Placement) => PlacedRules = placedRules(access),
): { readonly terrain: Terrain; readonly identity: string } {
  const { settings, kubernetesVersion, guards } = cluster;
  const special = cluster.namespaces.flatMap((name): [string, NamespaceTerrain][] => {
    const { holds, podSecurity } = (Object.hasOwn(access.namespaces, name) && access.namespaces[name]) || {};
    const standard = podSecurity === 'privileged' ? undefined : podSecurity;
    const isSpecial = holds !== undefined || standard !== undefined;
    return isSpecial ? [[name, { holds, podSecurity: standard }]] : [];
  });
  const guarded = Object.keys(refusingLists(guards).namespaces).map((name): [string, NamespaceTerrain] => [name, {}]);
  const basics = {
    version: kubernetesVersion,
    isEks: isEks(cluster),
    readsAwsAuth: readsAwsAuth(settings),
  };
  const namespaces = new Map([...guarded, ...special]);
  const prefix = cluster.identityProvider.prefix.groups;
  const isShared = !namesGroups(access);
  return {
    terrain: {
      ...basics,
      namespaces,
      clusterRoles: clusterRolesBesideBuiltIn(access, kubernetesVersion),
      groups: isShared
        ? new Map()
        : new Map([...groups].map(([group, placed]) => [subjectName(prefix, group), placed.map(placedOf)])),
      refusesImpersonated: ({ users, groups: names }, request) => {
        if (isExempt(cluster, { users, groups: names })) return false;
        // Guards name Okta groups without the prefix, and groups of service accounts as they are.
        const members = names.flatMap((name) => (name.startsWith(prefix) ? [name, name.slice(prefix.length)] : [name]));
        return refusingGuard(guards, members, request) !== undefined;
      },
    },
    // Clusters with the same terrain share what is found, unless a role names the groups that it impersonates.
    identity: JSON.stringify([
      basics,
      [...namespaces],
      guards.exemptServiceAccounts,
      prefix,
      isShared ? '' : cluster.key,
    ]),
  };
}

/** The ClusterRoles that the file defines, and those of Kubernetes that it widens. */
function clusterRolesBesideBuiltIn({ roles }: Pick<Access, 'roles'>, version: string): Terrain['clusterRoles'] {
  const own = Object.entries(roles).flatMap(([name, { existing, scope, rules }]) =>
    existing || scope !== 'cluster' ? [] : [[name, rules] as const],
  );
  const widens = Object.values(roles).some(({ aggregateTo }) => aggregateTo.length > 0);
  const widened = widens ? allEffectiveRules(clusterRolesOf(version, roles)) : new Map();
  return new Map([
    ...AGGREGATED_ROLES.flatMap((name) => (widens ? [[name, widened.get(name) ?? []] as const] : [])),
    ...own,
  ]);
}

/** Whether every guard of a cluster lets somebody pass who is impersonated. */
function isExempt({ guards, kubernetesVersion }: Cluster, { users, groups }: Impersonated): boolean {
  const accounts = { exemptServiceAccounts: guards.exemptServiceAccounts, kubernetesVersion };
  const exempt = exemptGroups(accounts);
  return (
    users === undefined ||
    users.some((name) => isExemptUser(name, accounts)) ||
    groups.some((name) => exempt.includes(name))
  );
}

/** Whether a role of the file may impersonate groups by name. */
function namesGroups({ roles }: Pick<Access, 'roles'>): boolean {
  return Object.values(roles).some(({ rules }) =>
    rules.some(
      ({ resources = [], resourceNames = [] }) =>
        resourceNames.length > 0 && resources.some((resource) => resource === 'groups' || resource === '*'),
    ),
  );
}
