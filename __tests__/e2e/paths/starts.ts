import { apiResources, builtInRoles } from '../../../rbac';
import type { Terrain } from '../../../rbac/paths/find-paths';
import type { Permission, PlacedRules } from '../../../rbac/paths/permission';
import { STEPS, type Step } from '../../../rbac/paths/steps';
import type { PolicyRule } from '../../../rbac/policy-rule';
import { REAL_KUBERNETES } from '../../../sandbox/api-server/real';
import { builtIn, EKS, PATH_CASES, placed, rule } from '../../rbac/paths/cases';

/** Permissions from which an attacker starts. Namespaces that start with `team-` are only its own. */
export interface Start {
  readonly name: string;
  readonly placed: readonly PlacedRules[];
  readonly terrain: Terrain;
  /** Namespaces of which guards refuse every change. */
  readonly guarded: readonly string[];
  /** Whether it changes what others have, so that it runs alone. */
  readonly isAlone: boolean;
  /** The step that it walks for certain. */
  readonly step?: Step;
}

const KUBE_SYSTEM = 'kube-system';
const TEAM = 'team-a';
const PODS = rule('', 'pods', 'create');

function start(
  name: string,
  placed: readonly PlacedRules[],
  more: Partial<Omit<Start, 'terrain'>> & { terrain?: Partial<Terrain> } = {},
): Start {
  const { terrain, ...rest } = more;
  // Cases that name no version of their own hold for every version.
  const isOfThisVersion = terrain?.version === undefined || terrain.version === EKS.version;
  return {
    ...{ name, placed, guarded: [], isAlone: false, ...rest },
    terrain: { ...EKS, ...terrain, version: isOfThisVersion ? REAL_KUBERNETES : terrain.version },
  };
}

/** Whether the real API server has what a start is about. */
export function isProvable({ terrain, placed }: Start): boolean {
  const isOfLaterVersion = terrain.version !== REAL_KUBERNETES;
  // EKS signs no client certificates. The control plane here does.
  const isAboutEksSigner =
    terrain.isEks &&
    placed.some(({ rules }) => rules.some(({ apiGroups = [] }) => apiGroups.includes('certificates.k8s.io')));
  return !isOfLaterVersion && !isAboutEksSigner;
}

/** The cases of the unit test. */
const CASES = PATH_CASES.map(({ name, placed, terrain, to }) =>
  start(`${to}: ${name}`, placed, {
    terrain,
    isAlone: placed.some(
      ({ role, rules }) => isShared(role) || rules.some(({ resourceNames = [] }) => resourceNames.some(isShared)),
    ),
  }),
);

/** Roles that others have as well. */
function isShared(role: string): boolean {
  return ['view', 'edit', 'admin', 'system:basic-user'].includes(role);
}

const certainSteps = STEPS.filter(
  ({ isCertain, since }) =>
    isCertain && (since === undefined || Number(since.split('.')[1]) <= Number(REAL_KUBERNETES.split('.')[1])),
);

/** Each certain step, by each of its permissions; and without one of the permissions that it takes together. */
const OF_STEPS = certainSteps.flatMap((step) => [
  ...combinations(step.needs).map((needs) => stepStart(step, needs, 'by')),
  ...(step.needs.length === 1
    ? []
    : step.needs.map((left) =>
        stepStart(step, step.needs.filter((need) => need !== left).map(first), `without ${text(first(left))}, by`),
      )),
]);

/** Each user and service account of the control plane. */
const OF_THE_CONTROL_PLANE = [
  ...new Map(
    [...builtInRoles(REAL_KUBERNETES).clusterRoleBindings, ...builtInRoles(REAL_KUBERNETES).roleBindings].flatMap(
      ({ subjects }) =>
        subjects.flatMap(({ kind, name, namespace }) => {
          if (kind === 'User') return [[name, placed(null, rule('', 'users', 'impersonate', name))] as const];
          if (kind !== 'ServiceAccount' || namespace !== KUBE_SYSTEM) return [];
          return [[name, placed(KUBE_SYSTEM, rule('', 'serviceaccounts', 'impersonate', name))] as const];
        }),
    ),
  ),
].map(([name, placed]) => start(`as ${name} of the control plane`, [placed]));

export const STARTS: readonly Start[] = [...CASES, ...OF_STEPS, ...OF_THE_CONTROL_PLANE];

/** What only other API servers can show: later versions, and the signer of EKS. */
export const UNPROVED: readonly string[] = [
  'cluster-admin: constrained impersonation of users and groups',
  'cluster-admin: constrained impersonation of kube-system',
  'cluster-admin: not: certificates on EKS',
  'cluster-admin: not: constrained impersonation of nobody',
  'cluster-admin: not: constrained impersonation that reads',
];

const DEPLOYMENTS = rule('apps', 'deployments', 'create');
const IMPERSONATION = rule('', 'serviceaccounts', 'impersonate', 'clusterrole-aggregation-controller');

/** Starts on a cluster whose kube-system is guarded. The last one removes the guard. */
export const GUARDED_STARTS: readonly Start[] = [
  start('workloads', [placed(null, DEPLOYMENTS)]),
  start('pods and changes of workloads', [placed(null, PODS, rule('apps', '*', 'create update patch'))]),
  start('tokens', [placed(null, rule('', 'serviceaccounts/token', 'create'))]),
  start('Secrets', [placed(null, rule('', 'secrets', 'create get'))]),
  start('aws-auth', [placed(null, rule('', 'configmaps', 'update'))], { terrain: { readsAwsAuth: true } }),
  start('bindings', [
    placed(null, rule('rbac.authorization.k8s.io', 'rolebindings', 'create')),
    placed(null, rule('rbac.authorization.k8s.io', 'clusterroles', 'bind', 'edit')),
  ]),
  start('nodes', [placed(null, rule('', 'nodes/proxy', 'get'))]),
  start('edit, which impersonates', [placed(null, ...builtIn('edit'))]),
  start('impersonation', [placed(KUBE_SYSTEM, IMPERSONATION)]),
  start('removal of guards', [
    placed(null, DEPLOYMENTS),
    placed(null, rule('admissionregistration.k8s.io', 'validatingadmissionpolicybindings', 'delete')),
  ]),
];

interface One {
  readonly apiGroup: string;
  readonly resource: string;
  readonly verb: string;
  readonly need: Permission;
}

function alternatives(need: Permission): readonly One[] {
  return need.on.flatMap(({ apiGroup, resources }) =>
    resources.flatMap((resource) =>
      need.verbs
        .filter((verb) => isServed(apiGroup, resource, verb))
        .map((verb) => ({ apiGroup, resource, verb, need })),
    ),
  );
}

/** Whether an API server has a verb of a resource; those that are in no list, it has. */
function isServed(apiGroup: string, resource: string, verb: string): boolean {
  const [main, subresource] = resource.split('/');
  const found = apiResources(REAL_KUBERNETES).find((one) => one.apiGroup === apiGroup && one.name === main);
  const verbs = subresource === undefined ? found?.verbs : found?.subresources[subresource];
  const isVirtual = ['impersonate', 'bind', 'escalate', 'approve'].includes(verb);
  return isVirtual || (verbs?.includes(verb) ?? false);
}

function first(need: Permission): One {
  return alternatives(need)[0] as One;
}

/** One alternative for each need: each of them with the first ones of the others. */
function combinations(needs: readonly Permission[]): readonly (readonly One[])[] {
  const firsts = needs.map(first);
  const others = needs.flatMap((need, at) =>
    alternatives(need)
      .slice(1)
      .map((one) => firsts.with(at, one)),
  );
  return [firsts, ...others];
}

function text({ apiGroup, resource, verb }: One): string {
  return `${verb} ${resource}${apiGroup && `.${apiGroup}`}`;
}

/** The permissions of a step, with what it takes to see the gain: a role that has aggregated rules, or pods that were refused. */
function stepStart(step: Step, ones: readonly One[], by: string): Start {
  const { does, gives, namespace, only, stoppedBy } = step;
  const isInTeam = ['node', 'no-guards', 'no-pod-security'].includes(gives);
  const place = namespace ?? (isInTeam ? TEAM : KUBE_SYSTEM);
  const role = gives === 'own-roles' && ones.some(({ resource }) => resource === 'roles') ? 'Role' : 'ClusterRole';
  const given = ones.map((one): PlacedRules => {
    const { apiGroup, resource, verb, need } = one;
    const names = need.object === undefined || verb === 'create' ? [] : [need.object];
    const rules: readonly PolicyRule[] = [rule(apiGroup, resource, verb, ...names)];
    return {
      role: 'role',
      kind: need.isClusterScoped ? 'ClusterRole' : role,
      namespace: need.isClusterScoped ? null : place,
      rules,
    };
  });
  const isAggregated = does.includes('aggregated');
  const more: readonly PlacedRules[] = [
    ...(isAggregated ? [{ role: 'view', kind: 'ClusterRole' as const, namespace: null, rules: [] }] : []),
    ...(gives === 'no-guards' || gives === 'no-pod-security' ? [placed(TEAM, PODS)] : []),
  ];
  // A step that no standard stops is tried against the strictest.
  const isProtected = gives === 'no-pod-security' || (gives === 'node' && stoppedBy === undefined);
  return start(`${by} ${ones.map(text).join(' and ')}: ${does.replace('{place}', place)}`, [...given, ...more], {
    terrain: {
      isEks: only !== 'self-managed',
      readsAwsAuth: only === 'reads-aws-auth',
      namespaces: new Map(isProtected ? [[TEAM, { podSecurity: 'restricted' }]] : []),
    },
    guarded: gives === 'no-guards' ? [TEAM] : [],
    isAlone: isAggregated,
    ...(by === 'by' && { step }),
  });
}
