import { builtInRoles, effectiveRules } from '../../../rbac';
import type { Terrain } from '../../../rbac/paths/find-paths';
import type { PlacedRules } from '../../../rbac/paths/permission';
import type { PolicyRule } from '../../../rbac/policy-rule';

/** Permissions with what they lead to, or do not. The end-to-end test of paths tries each on a real API server. */
export interface PathCase {
  readonly name: string;
  readonly placed: readonly PlacedRules[];
  /** How the cluster differs from `EKS`. */
  readonly terrain: Partial<Terrain>;
  readonly to: 'cluster-admin' | 'node';
  readonly isCertain: boolean;
}

export const EKS: Terrain = {
  version: '1.35',
  isEks: true,
  readsAwsAuth: false,
  namespaces: new Map(),
  clusterRoles: new Map(),
  groups: new Map(),
};
export const SELF_MANAGED: Terrain = { ...EKS, isEks: false };
const RBAC = 'rbac.authorization.k8s.io';

export function placed(namespace: string | null, ...rules: PolicyRule[]): PlacedRules {
  return { role: 'role', kind: 'ClusterRole', namespace, rules };
}

export function rule(apiGroup: string, resources: string, verbs: string, ...resourceNames: string[]): PolicyRule {
  return { apiGroups: [apiGroup], resources: resources.split(' '), verbs: verbs.split(' '), resourceNames };
}

export const builtIn = (name: string) => effectiveRules(builtInRoles('1.35').clusterRoles, name);

const impersonateAccounts = rule('', 'serviceaccounts', 'impersonate');
const workloads = rule('apps', 'deployments', 'create');
const writeClusterRoles = rule(RBAC, 'clusterroles', 'patch');

const pods = rule('', 'pods', 'create');
const restricted = { namespaces: new Map([['team-a', { podSecurity: 'restricted' as const }]]) };
const baseline = { namespaces: new Map([['team-a', { podSecurity: 'baseline' as const }]]) };
const volumes = [
  placed(null, rule('', 'persistentvolumes', 'create')),
  placed('team-a', rule('', 'persistentvolumeclaims', 'create')),
];

type Row = readonly [name: string, placed: readonly PlacedRules[], terrain: Partial<Terrain>];

const BECOMES_CLUSTER_ADMIN: readonly Row[] = [
  ['service accounts on the whole cluster are impersonated', [placed(null, impersonateAccounts)], {}],
  ['service accounts of kube-system are impersonated', [placed('kube-system', impersonateAccounts)], {}],
  [
    'one service account of kube-system with power',
    [placed('kube-system', rule('', 'serviceaccounts', 'impersonate', 'clusterrole-aggregation-controller'))],
    {},
  ],
  ['users and groups are impersonated', [placed(null, rule('', 'users groups', 'impersonate'))], {}],
  ['users alone are impersonated', [placed(null, rule('', 'users', 'impersonate'))], {}],
  [
    'the controller manager is impersonated',
    [placed(null, rule('', 'users', 'impersonate', 'system:kube-controller-manager'))],
    {},
  ],
  [
    'groups, and service accounts of a namespace, are impersonated',
    [placed(null, rule('', 'groups', 'impersonate')), placed('team-a', impersonateAccounts)],
    {},
  ],
  ['tokens are created', [placed(null, rule('', 'serviceaccounts/token', 'create'))], {}],
  ['tokens are created by a pattern', [placed(null, rule('', '*/token', 'create'))], {}],
  ['Secrets are created and read', [placed('kube-system', rule('', 'secrets', 'create get'))], {}],
  [
    'Secrets are created and watched',
    [placed('kube-system', rule('', 'secrets', 'create'), rule('', 'secrets', 'watch'))],
    {},
  ],
  ['named Secrets are applied and read', [placed('kube-system', rule('', 'secrets', 'create patch get', 'x'))], {}],
  ['pods run in kube-system', [placed('kube-system', rule('', 'pods', 'create'))], {}],
  ['deployments run in kube-system', [placed('kube-system', workloads)], {}],
  ['deployments run everywhere', [placed(null, workloads)], {}],
  ['coredns is patched', [placed('kube-system', rule('apps', 'deployments', 'patch', 'coredns'))], {}],
  ['kube-proxy is updated', [placed('kube-system', rule('apps', 'daemonsets', 'update'))], {}],
  ['named pods are applied', [placed('kube-system', rule('', 'pods', 'create patch', 'x', 'y'))], {}],
  [
    'a group that creates tokens is impersonated',
    [placed(null, rule('', 'groups', 'impersonate', 'token-makers'), rule('', 'users', 'impersonate', 'jane'))],
    { groups: new Map([['token-makers', [placed(null, rule('', 'serviceaccounts/token', 'create'))]]]) },
  ],
  [
    'a ClusterRole of everybody is changed with escalate',
    [
      placed(
        null,
        rule(RBAC, 'clusterroles', 'patch', 'system:basic-user'),
        rule(RBAC, 'clusterroles', 'escalate', 'system:basic-user'),
      ),
    ],
    {},
  ],
  ['edit on the whole cluster', [placed(null, ...builtIn('edit'))], {}],
  ['admin on the whole cluster', [placed(null, ...builtIn('admin'))], {}],
  ['roles are written with escalate', [placed(null, writeClusterRoles, rule(RBAC, 'clusterroles', 'escalate'))], {}],
  [
    'bindings are created with bind',
    [placed(null, rule(RBAC, 'clusterrolebindings', 'create'), rule(RBAC, 'clusterroles', 'bind'))],
    {},
  ],
  [
    'bind of cluster-admin only',
    [placed(null, rule(RBAC, 'clusterrolebindings', 'create'), rule(RBAC, 'clusterroles', 'bind', 'cluster-admin'))],
    {},
  ],
  [
    'bind of cluster-admin, and changes of its binding',
    [placed(null, rule(RBAC, 'clusterrolebindings', 'patch'), rule(RBAC, 'clusterroles', 'bind', 'cluster-admin'))],
    {},
  ],
  [
    'bind of edit only, on the whole cluster',
    [placed(null, rule(RBAC, 'rolebindings', 'create'), rule(RBAC, 'clusterroles', 'bind', 'edit'))],
    {},
  ],
  [
    'bind in kube-system',
    [placed('kube-system', rule(RBAC, 'rolebindings', 'create'), rule(RBAC, 'clusterroles', 'bind'))],
    {},
  ],
  ['aws-auth', [placed('kube-system', rule('', 'configmaps', 'update', 'aws-auth'))], { readsAwsAuth: true }],
  [
    'certificates outside EKS',
    [
      placed(
        null,
        rule('certificates.k8s.io', 'certificatesigningrequests', 'create get'),
        rule('certificates.k8s.io', 'certificatesigningrequests/approval', 'update'),
        rule('certificates.k8s.io', 'signers', 'approve', 'kubernetes.io/*'),
      ),
    ],
    SELF_MANAGED,
  ],
  [
    'what runs in a namespace holds it',
    [placed('team-a', workloads)],
    { namespaces: new Map([['team-a', { holds: ['cluster-admin' as const] }]]) },
  ],
  [
    'constrained impersonation of users and groups',
    [
      placed(
        null,
        rule('authentication.k8s.io', 'users groups', 'impersonate:user-info'),
        rule(RBAC, 'clusterrolebindings', 'impersonate-on:user-info:create'),
      ),
    ],
    { version: '1.36' },
  ],
  [
    'constrained impersonation of kube-system',
    [
      placed(
        null,
        rule('authentication.k8s.io', 'serviceaccounts', 'impersonate:serviceaccount'),
        rule(RBAC, 'clusterroles', 'impersonate-on:serviceaccount:patch'),
      ),
    ],
    { version: '1.36' },
  ],
  ['everything in parts', [placed(null, { verbs: ['*'], apiGroups: ['*'], resources: ['*'] })], {}],
];

const NOT_CLUSTER_ADMIN: readonly Row[] = [
  [
    'a group that impersonates is impersonated',
    [placed(null, rule('', 'groups', 'impersonate', 'actors'), rule('', 'users', 'impersonate', 'jane'))],
    { groups: new Map([['actors', [placed(null, impersonateAccounts)]]]) },
  ],
  ['cron jobs are patched', [placed('kube-system', rule('batch', 'cronjobs', 'patch'))], {}],
  ['another deployment is patched', [placed('kube-system', rule('apps', 'deployments', 'patch', 'x'))], {}],
  ['named pods are created without apply', [placed('kube-system', rule('', 'pods', 'create', 'x'))], {}],
  ['pods are changed', [placed('kube-system', rule('', 'pods', 'update patch'))], {}],
  ['groups alone', [placed(null, rule('', 'groups', 'impersonate'))], {}],
  [
    'groups of no power, with users of no power',
    [placed(null, rule('', 'groups', 'impersonate', 'nobodies'), rule('', 'users', 'impersonate', 'jane'))],
    {},
  ],
  ['extra fields alone', [placed(null, rule('authentication.k8s.io', 'userextras', 'impersonate'))], {}],
  ['roles without escalate', [placed(null, writeClusterRoles, rule(RBAC, 'clusterrolebindings', 'create'))], {}],
  ['escalate without roles', [placed(null, rule(RBAC, 'clusterroles', 'escalate'))], {}],
  [
    'bind of cluster-admin, and changes of another binding',
    [
      placed(
        null,
        rule(RBAC, 'clusterrolebindings', 'patch', 'others'),
        rule(RBAC, 'clusterroles', 'bind', 'cluster-admin'),
      ),
    ],
    {},
  ],
  ['bind without bindings', [placed(null, rule(RBAC, 'clusterroles', 'bind'))], {}],
  [
    'bind of view only',
    [placed(null, rule(RBAC, 'clusterrolebindings', 'create'), rule(RBAC, 'clusterroles', 'bind', 'view'))],
    {},
  ],
  [
    'bind in another namespace',
    [placed('team-a', rule(RBAC, 'rolebindings', 'create'), rule(RBAC, 'clusterroles', 'bind'))],
    {},
  ],
  [
    'a role of others changed with escalate',
    [placed(null, rule(RBAC, 'clusterroles', 'patch', 'others'), rule(RBAC, 'clusterroles', 'escalate'))],
    {},
  ],
  ['Secrets read in kube-system', [placed('kube-system', rule('', 'secrets', 'get list'))], {}],
  ['Secrets created and not read', [placed('kube-system', rule('', 'secrets', 'create'))], {}],
  ['a named Secret created without apply', [placed('kube-system', rule('', 'secrets', 'create get', 'x'))], {}],
  [
    'a service account of kube-system without power',
    [placed('kube-system', rule('', 'serviceaccounts', 'impersonate', 'coredns'))],
    {},
  ],
  ['workloads in a namespace', [placed('team-a', workloads)], {}],
  ['admin in a namespace', [placed('team-a', ...builtIn('admin'))], {}],
  ['view on the whole cluster', [placed(null, ...builtIn('view'))], {}],
  ['aws-auth where nothing reads it', [placed('kube-system', rule('', 'configmaps', 'update'))], {}],
  ['aws-auth in another namespace', [placed('team-a', rule('', 'configmaps', 'update'))], { readsAwsAuth: true }],
  [
    'another ConfigMap of kube-system',
    [placed('kube-system', rule('', 'configmaps', 'update', 'coredns'))],
    { readsAwsAuth: true },
  ],
  ['certificates on EKS', [placed(null, rule('certificates.k8s.io', '*', '*'))], {}],
  ['scale', [placed(null, rule('apps', '*/scale', 'update patch'))], {}],
  [
    'constrained impersonation before it is on',
    [
      placed(
        null,
        rule('authentication.k8s.io', 'users groups', 'impersonate:user-info'),
        rule(RBAC, 'clusterrolebindings', 'impersonate-on:user-info:create'),
      ),
    ],
    {},
  ],
  [
    'constrained impersonation of nobody',
    [placed(null, rule('pods', 'pods', 'impersonate-on:user-info:get'))],
    { version: '1.36' },
  ],
  [
    'constrained impersonation that reads',
    [
      placed(
        null,
        rule('authentication.k8s.io', 'users groups', 'impersonate:user-info'),
        rule('', 'pods', 'impersonate-on:user-info:get'),
      ),
    ],
    { version: '1.36' },
  ],
];

const BECOMES_NODE: readonly Row[] = [
  ['a pod where no standard refuses it', [placed('team-a', pods)], {}],
  ['a standard on another namespace', [placed('team-b', pods)], restricted],
  ['the proxy of nodes, read', [placed(null, rule('', 'nodes/proxy', 'get'))], restricted],
  ['a volume of the node', [placed('team-a', pods), ...volumes], baseline],
  ['a volume of the node, with the group of root', [placed('team-a', pods), ...volumes], restricted],
  ['labels that can be removed', [placed('team-a', pods, rule('', 'namespaces', 'patch'))], restricted],
  [
    'labels that can be removed by the status',
    [placed('team-a', pods, rule('', 'namespaces/status', 'update', 'team-a'))],
    restricted,
  ],
];

const NOT_NODE: readonly Row[] = [
  ['a workload that need not exist', [placed('team-a', rule('apps', 'deployments', 'update patch'))], {}],
  ['a pod that baseline refuses', [placed('team-a', pods)], baseline],
  ['a pod that restricted refuses', [placed('team-a', pods)], restricted],
  ['the proxy of nodes in a namespace', [placed('team-a', rule('', 'nodes/proxy', 'get'))], restricted],
  ['labels of another namespace', [placed('team-a', pods, rule('', 'namespaces', 'patch', 'team-b'))], restricted],
];

function cases(rows: readonly Row[], to: PathCase['to'], isCertain: boolean): readonly PathCase[] {
  return rows.map(([name, placed, terrain]) => ({
    name: `${isCertain ? '' : 'not: '}${name}`,
    placed,
    terrain,
    to,
    isCertain,
  }));
}

export const PATH_CASES: readonly PathCase[] = [
  ...cases(BECOMES_CLUSTER_ADMIN, 'cluster-admin', true),
  ...cases(NOT_CLUSTER_ADMIN, 'cluster-admin', false),
  ...cases(BECOMES_NODE, 'node', true),
  ...cases(NOT_NODE, 'node', false),
];
