import { apiResources } from '../api-resources';
import { builtInRoles } from '../built-in-roles';
import { allEffectiveRules } from '../effective-rules';
import type { RbacPolicy } from '../policy';
import type { PolicyRule } from '../policy-rule';
import type { ResourceRequest } from '../request';
import { rulesCover } from '../rules-cover';
import { type HeldPermission, heldPermission, type PlacedRules, type Refuses } from './permission';
import { type PodSecurity, STEPS, type Step } from './steps';

/** What the service accounts of a namespace hold because of what runs there. */
export type Held = 'cluster-admin' | 'node' | { readonly awsRole: string };

/** A cluster, as far as paths depend on it. */
export interface Terrain {
  /** Kubernetes version, such as `1.35`. */
  readonly version: string;
  readonly isEks: boolean;
  /** Whether the cluster may read the ConfigMap aws-auth. */
  readonly readsAwsAuth: boolean;
  /** Namespaces that differ from the others, by name. */
  readonly namespaces: ReadonlyMap<string, NamespaceTerrain>;
  /** Names of the ClusterRoles with their rules, besides those of Kubernetes. */
  readonly clusterRoles: ReadonlyMap<string, readonly PolicyRule[]>;
  /** The roles that groups have, by the name of the group in Kubernetes. */
  readonly groups: ReadonlyMap<string, readonly PlacedRules[]>;
  /** Whether a guard refuses a request of somebody who is impersonated. @default - none does */
  readonly refusesImpersonated?: (who: Impersonated, request: ResourceRequest) => boolean;
}

/** Somebody whom another impersonates, by names in Kubernetes. */
export interface Impersonated {
  /** The users of whom one can be chosen; undefined for every user. */
  readonly users: readonly string[] | undefined;
  readonly groups: readonly string[];
}

/** A namespace, as far as paths depend on it. */
export interface NamespaceTerrain {
  /** What its service accounts hold; undefined where nobody says. */
  readonly holds?: readonly Held[];
  /** The Pod Security Standard that it enforces. */
  readonly podSecurity?: PodSecurity;
}

/** Whoever starts. */
export interface Start {
  readonly placed: readonly PlacedRules[];
  /** Whether a guard refuses a request. */
  readonly refuses: Refuses;
}

/** One step of a path. */
export interface PathStep {
  /** The permission that it takes, in words. */
  readonly permission: string;
  /** What is done, such as `runs a pod as a service account of kube-system`. */
  readonly does: string;
  /** Who or what one then is, as in `to` of a path. */
  readonly gives: string;
  /** Whether it takes nothing that a cluster may not have. */
  readonly certain: boolean;
}

/** The shortest chain of steps to a target; one that is certain goes before one that is not. */
export interface Chain {
  /** `cluster-admin`, `node`, `aws-role <ARN>`, `user <name>`, `group <name>`, `service accounts of <namespace>`, … */
  readonly to: string;
  readonly target: Target;
  readonly certain: boolean;
  readonly steps: readonly PathStep[];
  /** What is reached on the way. */
  readonly passes: readonly Target[];
  /** The roles of the start that the chain uses. */
  readonly roles: readonly PlacedRules[];
  /** Whether the start is cluster-admin by its own roles, without any step. */
  readonly isByRole: boolean;
}

/** Who or what one can become. */
export type Target =
  | { readonly kind: 'cluster-admin' }
  | { readonly kind: 'node' }
  | { readonly kind: 'aws-role'; readonly arn: string }
  | { readonly kind: 'service-accounts'; readonly namespace: string; readonly names: readonly string[] | undefined }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'rules'; readonly text: string }
  | { readonly kind: 'no-guards' }
  | { readonly kind: 'no-pod-security'; readonly namespace: string };

/** Every namespace without an entry of its own. */
export const OTHER_NAMESPACES = 'other namespaces';

const EVERYTHING: PolicyRule = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
const SYSTEM_MASTERS = 'system:masters';
const AUTHENTICATED = 'system:authenticated';
const KUBE_SYSTEM = 'kube-system';

/** A place in the search: an identity, what it may do, and what no longer stops it. */
interface State {
  readonly target: Target | undefined;
  readonly placed: readonly PlacedRules[];
  readonly refuses: Refuses | undefined;
  /** Namespaces whose Pod Security labels are gone. */
  readonly opened: readonly string[];
  /** Whether the roles of the start give `placed`, so that they are the cause of its steps. */
  readonly isStart: boolean;
  /** Whether it is somebody who is impersonated. Kubernetes lets them impersonate nobody. */
  readonly isImpersonated: boolean;
}

interface Edge {
  readonly to: State;
  readonly step: PathStep;
  readonly roles: readonly PlacedRules[];
}

const BY_ROLE: PathStep = {
  permission: 'every verb on every resource',
  does: 'has it by a role',
  gives: 'cluster-admin',
  certain: true,
};

/** The text of a target. */
export function targetText(target: Target): string {
  switch (target.kind) {
    case 'cluster-admin':
    case 'node':
      return target.kind;
    case 'aws-role':
      return `aws-role ${target.arn}`;
    case 'service-accounts': {
      const { namespace, names } = target;
      return names === undefined
        ? `service accounts of ${namespace}`
        : `service account ${names.join(' or ')} of ${namespace}`;
    }
    case 'user':
      return `user ${target.name}`;
    case 'group':
      return `group ${target.name}`;
    case 'rules':
      return target.text;
    case 'no-guards':
      return 'no guards';
    case 'no-pod-security':
      return `no Pod Security in ${target.namespace}`;
  }
}

/** The shortest chain to everything that whoever starts can become on a cluster. */
export function findPaths(start: Start, terrain: Terrain): readonly Chain[] {
  const first: State = {
    ...{ target: undefined, placed: start.placed, refuses: start.refuses, opened: [] },
    ...{ isStart: true, isImpersonated: false },
  };
  const edgesOf = remembered((state: State) => edges(state, terrain));
  const certain = search(first, (state) => edgesOf(state).filter(({ step }) => step.certain));
  const all = search(first, edgesOf);
  const chains = [...new Map([...all, ...certain]).values()];
  return chains.filter(isReported).sort((a, b) => weight(a.target) - weight(b.target));
}

/**
 * Whether a chain ends at somebody. What only opens other steps is told as a step, and whoever is a service account of
 * kube-system or cluster-admin is every other service account with it.
 */
function isReported({ target, passes }: Chain): boolean {
  const isPassed = passes.some(({ kind }) => kind === 'service-accounts' || kind === 'cluster-admin');
  return weight(target) < Number.POSITIVE_INFINITY && !(target.kind === 'service-accounts' && isPassed);
}

/** The order in which targets are reported; infinite for what is nobody. */
function weight({ kind }: Target): number {
  const at = ['cluster-admin', 'node', 'aws-role', 'user', 'group', 'service-accounts'].indexOf(kind);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}

/** Breadth first: the first chain that reaches a target is a shortest one. */
function search(first: State, edgesOf: (state: State) => readonly Edge[]): ReadonlyMap<string, Chain> {
  const found = new Map<string, Chain>();
  const seen = new Set<string>();
  let wave: readonly { state: State; edges: readonly Edge[] }[] = [{ state: first, edges: [] }];
  while (wave.length > 0) {
    const next: { state: State; edges: readonly Edge[] }[] = [];
    for (const { state, edges: path } of wave) {
      for (const edge of edgesOf(state)) {
        const { target } = edge.to;
        if (target === undefined) continue;
        const to = targetText(target);
        const key = edge.to.isImpersonated ? `${to}, impersonated` : to;
        if (seen.has(key)) continue;
        seen.add(key);
        const edges = [...path, edge];
        if (!found.has(to)) {
          found.set(to, {
            to,
            target,
            certain: edges.every(({ step }) => step.certain),
            steps: edges.map(({ step }) => step),
            passes: edges.slice(0, -1).map(({ to }) => to.target as Target),
            roles: [...new Set(edges.flatMap(({ roles }) => roles))],
            isByRole: edges[0]?.step === BY_ROLE,
          });
        }
        next.push({ state: edge.to, edges });
      }
    }
    wave = next;
  }
  return found;
}

/** Everything that a state leads to in one step. */
function edges(state: State, terrain: Terrain): readonly Edge[] {
  const { target, placed } = state;
  if (target?.kind === 'cluster-admin') return edgesOfClusterAdmin(terrain);
  const clusterWide = placed.filter(({ namespace }) => namespace === null);
  if (
    rulesCover(
      clusterWide.flatMap(({ rules }) => rules),
      EVERYTHING,
    )
  ) {
    return [{ to: reached({ kind: 'cluster-admin' }), step: BY_ROLE, roles: state.isStart ? clusterWide : [] }];
  }
  const held = target === undefined ? [] : edgesOfHeld(target, terrain);
  return [...held, ...(isControlPlane(state) ? edgesOfControlPlane(state, terrain) : edgesOfSteps(state, terrain))];
}

function edgesOfSteps(state: State, terrain: Terrain): readonly Edge[] {
  const places = placesOf(state.placed, terrain);
  return STEPS.filter((step) => worksOn(step, terrain)).flatMap((step) => edgesOfStep(state, step, places, terrain));
}

/** Whether a state is every service account of the control plane, which no guard holds. */
function isControlPlane({ target, refuses }: State): boolean {
  if (target?.kind !== 'service-accounts' || refuses !== undefined) return false;
  return target.namespace === KUBE_SYSTEM && target.names === undefined;
}

const edgesByTerrain = new Map<string, readonly Edge[]>();

/**
 * The steps of every service account of the control plane to cluster-admin and to a node, which are the same on every
 * cluster of a kind. Almost every search asks for them, and whoever is cluster-admin has everything else with it.
 */
function edgesOfControlPlane(state: State, { version, isEks, readsAwsAuth }: Terrain): readonly Edge[] {
  const basics = { version, isEks, readsAwsAuth };
  const identity = JSON.stringify([basics, state.isImpersonated]);
  const bare: Terrain = { ...basics, namespaces: new Map(), clusterRoles: new Map(), groups: new Map() };
  const found =
    edgesByTerrain.get(identity) ??
    edgesOfSteps(state, bare).filter(({ to }) => to.target?.kind === 'cluster-admin' || to.target?.kind === 'node');
  edgesByTerrain.set(identity, found);
  return found;
}

function worksOn({ only, since }: Step, { isEks, readsAwsAuth, version }: Terrain): boolean {
  if (since !== undefined && rank(version) < rank(since)) return false;
  switch (only) {
    case undefined:
      return true;
    case 'eks':
      return isEks;
    case 'self-managed':
      return !isEks;
    case 'reads-aws-auth':
      return readsAwsAuth;
  }
}

function rank(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
}

/** The namespaces in which rules can differ in what they lead to. */
function placesOf(placed: readonly PlacedRules[], { namespaces }: Terrain): readonly string[] {
  const own = placed.flatMap(({ namespace }) => namespace ?? []);
  const isClusterWide = placed.some(({ namespace }) => namespace === null);
  return [...new Set([...own, ...(isClusterWide ? [KUBE_SYSTEM, ...namespaces.keys(), OTHER_NAMESPACES] : [])])];
}

function edgesOfStep(state: State, step: Step, places: readonly string[], terrain: Terrain): readonly Edge[] {
  if (state.isImpersonated && impersonates(step)) return [];
  const isClusterScoped = step.needs.every((need) => need.isClusterScoped === true);
  const tried = isClusterScoped ? [OTHER_NAMESPACES] : places;
  return tried.flatMap((place) => {
    if (step.namespace !== undefined && step.namespace !== place) return [];
    if (step.stoppedBy?.some((level) => level === podSecurity(state, place, terrain))) return [];
    const refuses = step.isPastGuards ? undefined : state.refuses;
    const held: HeldPermission[] = [];
    for (const need of step.needs) {
      const found = heldPermission(state.placed, need, place, refuses, ownGroups(terrain.version));
      if (found === undefined) return [];
      held.push(found);
    }
    return gained(step, { state, held, place, isClusterScoped, terrain });
  });
}

function impersonates({ needs }: Step): boolean {
  return needs.some(({ verbs }) => verbs.some((verb) => verb.startsWith('impersonate')));
}

function podSecurity({ opened }: State, place: string, { namespaces }: Terrain): PodSecurity | undefined {
  return opened.includes(place) ? undefined : namespaces.get(place)?.podSecurity;
}

interface Found {
  readonly state: State;
  readonly held: readonly HeldPermission[];
  readonly place: string;
  readonly isClusterScoped: boolean;
  readonly terrain: Terrain;
}

function gained(step: Step, found: Found): readonly Edge[] {
  const { does, gives, isCertain } = step;
  const { state, held, place, isClusterScoped, terrain } = found;
  const permission = permissionText(step, held, place, terrain.version);
  const roles = state.isStart ? [...new Set(held.flatMap(({ from }) => from))] : [];
  const edge = (to: State, certain = isCertain): Edge => ({
    to: impersonates(step) ? { ...to, isImpersonated: true } : to,
    step: { permission, does: does.replaceAll('{place}', place), gives: targetText(to.target as Target), certain },
    roles,
  });
  const names = held[0]?.names;
  switch (gives) {
    case 'cluster-admin':
    case 'node':
      return [edge(reached({ kind: gives }))];
    case 'service-accounts': {
      const accounts = accountNames(held[0]);
      return accounts?.length === 0 ? [] : [edge(serviceAccounts(place, accounts, terrain))];
    }
    case 'users':
      return usersAmong(names, terrain).map((name) => edge(user(name, terrain)));
    case 'groups': {
      // A service account that is impersonated has these groups instead of its own.
      const users = held[1]?.resource === 'users' ? held[1].names : [];
      return [edge(inGroups({ users, groups: names ?? [SYSTEM_MASTERS] }, terrain))];
    }
    case 'roles':
      return (names ?? ['cluster-admin']).map((role) =>
        edge(bound(state, role, isClusterScoped ? null : place, terrain)),
      );
    case 'own-roles':
      return ownRoles(found).map((to) => edge(to));
    case 'no-guards':
      return state.refuses === undefined ? [] : [edge({ ...state, target: { kind: 'no-guards' }, refuses: undefined })];
    case 'no-pod-security': {
      if (names !== undefined && !names.includes(place)) return [];
      if (podSecurity(state, place, terrain) === undefined) return [];
      return [
        edge({ ...state, target: { kind: 'no-pod-security', namespace: place }, opened: [...state.opened, place] }),
      ];
    }
    case 'constrained-users':
      return constrained(
        state,
        'user-info',
        [{ role: '', kind: 'ClusterRole', namespace: null, rules: [EVERYTHING] }],
        'any user for some requests',
      ).map((to) => edge(to));
    case 'constrained-service-accounts': {
      const accounts = accountNames(held[0]);
      if (accounts?.length === 0) return [];
      const { placed } = serviceAccounts(place, accounts, terrain);
      return constrained(state, 'serviceaccount', placed, `service accounts of ${place} for some requests`).map((to) =>
        edge(to),
      );
    }
  }
}

function reached(target: Target): State {
  return { target, placed: [], refuses: undefined, opened: [], isStart: false, isImpersonated: false };
}

/** Service accounts of a namespace. Those of the control plane are known; what others hold, the terrain says. */
function serviceAccounts(namespace: string, names: readonly string[] | undefined, { version }: Terrain): State {
  const target = { kind: 'service-accounts', namespace, names } as const;
  if (namespace !== KUBE_SYSTEM) return reached(target);
  const known = controlPlane(version);
  const placed =
    names === undefined
      ? [...known.serviceAccounts.values()].flat()
      : names.flatMap((name) => known.serviceAccounts.get(name) ?? []);
  return { ...reached(target), placed };
}

/** The users whose permissions are known: those of the control plane. */
function usersAmong(names: readonly string[] | undefined, { version }: Terrain): readonly string[] {
  const known = controlPlane(version).users;
  // The API server takes the name of a service account for that, which needs another permission.
  return names?.filter((name) => !isServiceAccount(name)) ?? [...known.keys()];
}

function user(name: string, { version }: Terrain): State {
  return { ...reached({ kind: 'user', name }), placed: controlPlane(version).users.get(name) ?? [] };
}

/** Somebody in all of these groups. */
function inGroups(who: Impersonated, { groups, refusesImpersonated }: Terrain): State {
  if (who.groups.includes(SYSTEM_MASTERS)) return reached({ kind: 'cluster-admin' });
  return {
    ...reached({ kind: 'group', name: who.groups.join(' and ') }),
    placed: who.groups.flatMap((name) => groups.get(name) ?? []),
    refuses: refusesImpersonated && ((request) => refusesImpersonated(who, request)),
  };
}

/** A state with a ClusterRole more. */
function bound(state: State, role: string, namespace: string | null, terrain: Terrain): State {
  if (role === 'cluster-admin' && namespace === null) return reached({ kind: 'cluster-admin' });
  const rules =
    terrain.clusterRoles.get(role) ?? allEffectiveRules(builtInRoles(terrain.version).clusterRoles).get(role) ?? [];
  const text = `${role} ${namespace === null ? 'on the whole cluster' : `in ${namespace}`}`;
  return {
    ...state,
    target: { kind: 'rules', text },
    placed: [...state.placed, { role, kind: 'ClusterRole', namespace, rules }],
    isStart: false,
  };
}

/** What changed rules of roles that one has lead to. */
function ownRoles({ state, held, place, isClusterScoped, terrain }: Found): readonly State[] {
  const changed = held[0]?.names;
  if (!isClusterScoped) {
    const isBound = state.placed.some(
      ({ kind, role, namespace }) => kind === 'Role' && namespace === place && (changed?.includes(role) ?? true),
    );
    return isBound ? [bound(state, 'cluster-admin', place, terrain)] : [];
  }
  const creates = held.some(({ verb }) => verb === 'create');
  const own = creates
    ? state.placed.filter(({ role }) => ['view', 'edit', 'admin'].includes(role))
    : state.placed.filter(({ kind, role }) => kind === 'ClusterRole' && (changed?.includes(role) ?? true));
  const isEverybodys =
    !creates && (changed === undefined || everybodysRoles(terrain).some((role) => changed.includes(role)));
  if (isEverybodys || own.some(({ namespace }) => namespace === null)) return [reached({ kind: 'cluster-admin' })];
  return [...new Set(own.map(({ namespace }) => namespace as string))].map((namespace) =>
    bound(state, 'cluster-admin', namespace, terrain),
  );
}

/** The ClusterRoles that everyone who signs in has. */
function everybodysRoles({ version }: Terrain): readonly string[] {
  return builtInRoles(version)
    .clusterRoleBindings.filter(({ subjects }) => subjects.some(({ name }) => name === AUTHENTICATED))
    .map(({ role }) => role);
}

/** What others may do, for the requests for which a state may act as them. What they need besides a request, they have. */
function constrained(state: State, mode: string, others: readonly PlacedRules[], text: string): readonly State[] {
  const prefix = `impersonate-on:${mode}:`;
  const allowed = state.placed.flatMap(({ namespace, rules, ...role }) => {
    const inMode = rules.flatMap((rule) => {
      const verbs = rule.verbs.flatMap((verb) =>
        verb === '*' ? ['*'] : verb.startsWith(prefix) ? [verb.slice(prefix.length)] : [],
      );
      return verbs.length === 0 ? [] : [{ ...rule, verbs }];
    });
    return inMode.length === 0 ? [] : [{ ...role, namespace, rules: inMode }];
  });
  if (allowed.length === 0) return [];
  const besides = others.flatMap(({ rules, ...place }) => {
    const kept = rules.flatMap((rule) => {
      const verbs = rule.verbs.includes('*') ? BESIDES : rule.verbs.filter((verb) => BESIDES.includes(verb));
      return verbs.length === 0 ? [] : [{ ...rule, verbs }];
    });
    return kept.length === 0 ? [] : [{ ...place, rules: kept }];
  });
  const both = allowed.flatMap(({ rules, ...place }) => {
    const shared = rules.filter((rule) => others.some((other) => covers(other, place.namespace, rule)));
    return shared.length === 0 ? [] : [{ ...place, rules: shared }];
  });
  return [{ ...reached({ kind: 'rules', text }), placed: [...both, ...besides] }];
}

/** Verbs that the API server asks about in addition to those of a request. */
const BESIDES = ['bind', 'escalate', 'approve', 'sign', 'attest'];

function covers({ rules, namespace }: PlacedRules, place: string | null, rule: PolicyRule): boolean {
  return (namespace === null || namespace === place) && rulesCover(rules, rule);
}

/** What service accounts hold because of what runs in their namespace, and what a node holds. */
function edgesOfHeld(target: Target, { namespaces, isEks }: Terrain): readonly Edge[] {
  switch (target.kind) {
    case 'service-accounts': {
      const { namespace } = target;
      if (namespace === KUBE_SYSTEM && target.names === undefined)
        return heldEdges(namespace, namespaces.get(namespace)?.holds ?? []);
      const holds = namespaces.get(namespace)?.holds;
      if (holds !== undefined) return heldEdges(namespace, holds);
      const step = {
        permission:
          namespace === OTHER_NAMESPACES
            ? 'the file does not say what runs in other namespaces'
            : `the file does not say what runs there, in namespaces.${namespace}.holds`,
        does: 'uses what runs there',
        gives: 'cluster-admin',
        certain: false,
      };
      return [{ to: reached({ kind: 'cluster-admin' }), step, roles: [] }];
    }
    case 'node': {
      const step = {
        permission: 'root on a node',
        does: `uses the tokens of the pods that run on the node${isEks ? ', and the AWS role of the node' : ''}`,
        gives: 'cluster-admin',
        certain: false,
      };
      return [{ to: reached({ kind: 'cluster-admin' }), step, roles: [] }];
    }
    case 'user':
    case 'group':
    case 'cluster-admin':
    case 'aws-role':
    case 'rules':
    case 'no-guards':
    case 'no-pod-security':
      return [];
  }
}

function heldEdges(namespace: string, holds: readonly Held[]): readonly Edge[] {
  return holds.map((held) => {
    const target: Target = typeof held === 'string' ? { kind: held } : { kind: 'aws-role', arn: held.awsRole };
    const step = {
      permission: `namespaces.${namespace}.holds`,
      does: 'uses what runs there',
      gives: targetText(target),
      certain: true,
    };
    return { to: reached(target), step, roles: [] };
  });
}

/** Whoever is cluster-admin is every node, and has every AWS role that a service account has. */
function edgesOfClusterAdmin({ namespaces }: Terrain): readonly Edge[] {
  const step = {
    permission: 'every verb on every resource',
    does: 'runs a privileged pod',
    gives: 'node',
    certain: true,
  };
  const roles = [...namespaces].flatMap(([namespace, { holds = [] }]) =>
    heldEdges(
      namespace,
      holds.filter((held) => typeof held !== 'string'),
    ),
  );
  return [{ to: reached({ kind: 'node' }), step, roles: [] }, ...roles];
}

/** The names of service accounts to which a permission is limited; other objects do not limit them. */
function accountNames(held: HeldPermission | undefined): readonly string[] | undefined {
  return held?.resource.startsWith('serviceaccounts')
    ? held.names?.filter((name) => ACCOUNT_NAME.test(name))
    : undefined;
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const ACCOUNT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function isServiceAccount(user: string): boolean {
  const [, name] = /^system:serviceaccount:[^:]+:(.*)$/.exec(user) ?? [];
  return name !== undefined && ACCOUNT_NAME.test(name);
}

/** Permissions in words, such as `create secrets and get secrets in kube-system`. */
function permissionText({ needs }: Step, held: readonly HeldPermission[], place: string, version: string): string {
  const places = needs.map(({ isClusterScoped }) => (isClusterScoped ? 'on the whole cluster' : `in ${place}`));
  return held
    .map((one, at) =>
      places[at] === places[at + 1] ? heldText(one, version) : `${heldText(one, version)} ${places[at]}`,
    )
    .join(' and ');
}

function heldText({ verb, apiGroup, resource, names }: HeldPermission, version: string): string {
  const named = names === undefined ? '' : ` named ${names.map((name) => `"${name}"`).join(', ')}`;
  const group = ownGroups(version).has(apiGroup) ? '' : ` in ${apiGroup === '*' ? 'any API group' : apiGroup}`;
  return `${verb} ${resource}${group}${named}`;
}

interface ControlPlane {
  /** Service accounts of kube-system, by name. */
  readonly serviceAccounts: ReadonlyMap<string, readonly PlacedRules[]>;
  readonly users: ReadonlyMap<string, readonly PlacedRules[]>;
}

/** The users and service accounts to which the API server gives roles by itself. */
const controlPlane = remembered((version: string): ControlPlane => {
  const policy = builtInRoles(version);
  const serviceAccounts = new Map<string, PlacedRules[]>();
  const users = new Map<string, PlacedRules[]>();
  for (const { subjects, placed } of bindings(policy)) {
    for (const { kind, name, namespace } of subjects) {
      if (kind === 'User') users.set(name, [...(users.get(name) ?? []), placed]);
      if (kind === 'ServiceAccount' && namespace === KUBE_SYSTEM) {
        serviceAccounts.set(name, [...(serviceAccounts.get(name) ?? []), placed]);
      }
    }
  }
  return { serviceAccounts, users };
});

function bindings({ clusterRoles, roles, clusterRoleBindings, roleBindings }: RbacPolicy) {
  const effective = allEffectiveRules(clusterRoles);
  return [
    ...clusterRoleBindings.map(({ role, subjects }) => {
      const placed: PlacedRules = { role, kind: 'ClusterRole', namespace: null, rules: effective.get(role) ?? [] };
      return { subjects, placed };
    }),
    ...roleBindings.map(({ namespace, roleRef: { kind, name }, subjects }) => {
      const own = roles.find((role) => role.namespace === namespace && role.name === name)?.rules;
      const placed: PlacedRules = {
        role: name,
        kind,
        namespace,
        rules: (kind === 'Role' ? own : effective.get(name)) ?? [],
      };
      return { subjects, placed };
    }),
  ];
}

/** Kubernetes' own API groups, and that of its past. */
const ownGroups = remembered(
  (version: string): ReadonlySet<string> =>
    new Set(['extensions', ...apiResources(version).map(({ apiGroup }) => apiGroup)]),
);

function remembered<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
