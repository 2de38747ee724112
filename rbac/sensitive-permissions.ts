import type { PolicyRule } from './policy-rule';

interface Target {
  readonly apiGroup: string;
  /** Resources, with their subresource after `/`. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Whether each of the verbs gives the same, so that the first stands for all. @default false */
  readonly isAnyVerb?: boolean;
  /** Where it is sensitive: on the whole cluster only, in kube-system too, or in any namespace. */
  readonly where: Where;
  /** Name of the only object that is sensitive. @default - every object */
  readonly object?: string;
  /** Whether it is sensitive only where the cluster reads the ConfigMap aws-auth. @default false */
  readonly throughAwsAuth?: boolean;
}

type Where = 'cluster' | 'kube-system' | 'namespaces';

/** Where rules apply. */
export interface Place {
  /** The namespace; null for the whole cluster. */
  readonly namespace: string | null;
  /** Whether the cluster reads the ConfigMap aws-auth: EKS does, unless its authentication mode is `API`. */
  readonly readsAwsAuth: boolean;
}

interface Sensitive {
  /** What the permission leads to, as a noun phrase. */
  readonly leadsTo: string;
  readonly targets: readonly Target[];
}

const CHANGE = ['create', 'update', 'patch'];
const WRITE = [...CHANGE, 'delete', 'deletecollection'];
const RBAC = 'rbac.authorization.k8s.io';
const core = (resources: readonly string[], verbs: readonly string[], where: Where = 'namespaces'): Target => ({
  apiGroup: '',
  resources,
  verbs,
  where,
});
/** Pods, and everything that has a pod template. */
const WORKLOADS = {
  '': ['pods', 'podtemplates', 'replicationcontrollers'],
  apps: ['controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  batch: ['cronjobs', 'jobs'],
};

const PERMISSIONS = {
  'read-secrets': {
    leadsTo: 'the passwords and tokens of everything that runs there',
    // A patch returns the whole Secret, and deletecollection returns the deleted ones, also as a dry run.
    targets: [{ ...core(['secrets'], ['get', 'list', 'watch', 'patch', 'deletecollection']), isAnyVerb: true }],
  },
  'pod-exec': {
    leadsTo: 'everything that the pods can do, with their tokens and files',
    targets: [core(['pods/exec', 'pods/attach', 'pods/ephemeralcontainers'], ['create', 'get', 'update', 'patch'])],
  },
  impersonate: {
    leadsTo: 'everything that another user, group or service account can do',
    targets: [
      core(['serviceaccounts'], ['impersonate']),
      core(['users', 'groups'], ['impersonate'], 'cluster'),
      {
        apiGroup: 'authentication.k8s.io',
        resources: ['uids', 'userextras'],
        verbs: ['impersonate'],
        where: 'cluster',
      },
    ],
  },
  bind: {
    leadsTo: 'any role, by binding it to oneself',
    targets: [{ apiGroup: RBAC, resources: ['roles', 'clusterroles'], verbs: ['bind'], where: 'namespaces' }],
  },
  escalate: {
    leadsTo: 'any permission, by adding it to a role that one has',
    targets: [{ apiGroup: RBAC, resources: ['roles', 'clusterroles'], verbs: ['escalate'], where: 'namespaces' }],
  },
  'create-tokens': {
    leadsTo: 'everything that a service account can do, also from outside the cluster',
    targets: [core(['serviceaccounts/token'], ['create'])],
  },
  'run-workloads': {
    leadsTo:
      'cluster-admin on most clusters: unless the guard systemNamespaces refuses it, a pod in kube-system can run as any service account there',
    targets: Object.entries(WORKLOADS).map(([apiGroup, resources]) => ({
      apiGroup,
      resources,
      verbs: CHANGE,
      where: 'kube-system' as const,
    })),
  },
  'write-secrets': {
    leadsTo:
      'cluster-admin on most clusters for anyone who can read it: unless the guard systemNamespaces refuses it, a Secret in kube-system can hold a token of any service account there',
    targets: [core(['secrets'], CHANGE, 'kube-system')],
  },
  'write-aws-auth': {
    leadsTo:
      'system:masters for any AWS principal: unless the guard systemNamespaces refuses it, through an entry in the ConfigMap aws-auth in kube-system',
    targets: [{ ...core(['configmaps'], CHANGE, 'kube-system'), object: 'aws-auth', throughAwsAuth: true }],
  },
  'write-nodes': {
    leadsTo: 'every pod on a node, by attracting pods to it or repelling them',
    targets: [core(['nodes', 'nodes/status'], WRITE, 'cluster')],
  },
  'node-proxy': {
    leadsTo: 'commands in every pod on a node, bypassing the API server and its audit log',
    // Reading is enough: a kubelet takes commands over connections that start with GET.
    targets: [core(['nodes/proxy'], ['get', ...WRITE], 'cluster')],
  },
  'write-volumes': {
    leadsTo: 'the files of a node, through a hostPath volume',
    targets: [core(['persistentvolumes'], WRITE, 'cluster')],
  },
  'write-webhooks': {
    leadsTo: 'reading and changing every request, including Secrets, and removing guards',
    targets: [
      {
        apiGroup: 'admissionregistration.k8s.io',
        resources: [
          'mutatingadmissionpolicies',
          'mutatingadmissionpolicybindings',
          'mutatingwebhookconfigurations',
          'validatingadmissionpolicies',
          'validatingadmissionpolicybindings',
          'validatingwebhookconfigurations',
        ],
        verbs: WRITE,
        where: 'cluster',
      },
    ],
  },
  'approve-certificates': {
    leadsTo: 'a client certificate for any user, including the control plane',
    targets: [
      {
        apiGroup: 'certificates.k8s.io',
        resources: ['certificatesigningrequests/approval', 'signers'],
        verbs: ['update', 'patch', 'approve', 'sign'],
        where: 'cluster',
      },
    ],
  },
  wildcards: {
    leadsTo: 'resources and verbs that nobody reviewed, including those of later versions',
    targets: [],
  },
} as const satisfies Record<string, Sensitive>;

/** A permission of rules that leads to more access than it states. @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/ */
export type PermissionOfRules = keyof typeof PERMISSIONS;

/** What a role gives if nobody knows its rules. */
export const UNKNOWN_RULES = 'unknown-rules';

/** A sensitive permission that rules give, or rules that nobody knows. */
export type SensitivePermission = PermissionOfRules | typeof UNKNOWN_RULES;

/** The names of the sensitive permissions that rules give. */
export const SENSITIVE_PERMISSIONS = Object.keys(PERMISSIONS) as readonly PermissionOfRules[];

/** What a sensitive permission leads to, as a noun phrase. */
export function leadsTo(permission: SensitivePermission): string {
  if (permission === UNKNOWN_RULES) return 'whatever somebody else writes into the role';
  return PERMISSIONS[permission].leadsTo;
}

/**
 * The sensitive permissions that rules give in a place.
 * @param rules undefined if nobody knows them.
 */
export function sensitivePermissions(
  rules: readonly PolicyRule[] | undefined,
  place: Place,
): readonly SensitivePermission[] {
  if (rules === undefined) return [UNKNOWN_RULES];
  return SENSITIVE_PERMISSIONS.filter((name) => sensitiveRules(name, rules, place).length > 0);
}

/** The parts of rules that give a sensitive permission in a place; for `wildcards`, the rules that contain one. */
export function sensitiveRules(
  permission: PermissionOfRules,
  rules: readonly PolicyRule[],
  place: Place,
): readonly PolicyRule[] {
  if (permission === 'wildcards') return rules.filter(hasWildcard);
  const targets: readonly Target[] = PERMISSIONS[permission].targets;
  return targets
    .filter((target) => isSensitiveIn(target, place))
    .flatMap((target) => rules.flatMap((rule) => partWithin(rule, target) ?? []));
}

function isSensitiveIn({ where, throughAwsAuth = false }: Target, { namespace, readsAwsAuth }: Place): boolean {
  if (throughAwsAuth && !readsAwsAuth) return false;
  return namespace === null || where === 'namespaces' || (where === 'kube-system' && namespace === 'kube-system');
}

/** A text with * in it matches nothing, except * itself and a subresource of every resource, such as pods/log for all. */
function hasWildcard(rule: PolicyRule): boolean {
  const { apiGroups, resources, verbs } = {
    apiGroups: (rule.apiGroups ?? []).filter((group) => group === '*' || !group.includes('*')),
    resources: (rule.resources ?? []).filter((resource) => !resource.replace(/^\*(?=$|\/)/, '').includes('*')),
    verbs: rule.verbs.filter((verb) => verb === '*' || !verb.includes('*')),
  };
  const lists = [verbs, apiGroups, resources];
  return lists.every((names) => names.length > 0) && lists.some((names) => names.includes('*'));
}

/** The part of a rule that allows the target. A rule for named objects counts, unless the target is another object. */
function partWithin(rule: PolicyRule, target: Target): PolicyRule | undefined {
  const { apiGroups = [], resources = [], resourceNames = [] } = rule;
  const { apiGroup, object } = target;
  if (!has(apiGroups, apiGroup)) return undefined;
  if (object !== undefined && resourceNames.length > 0 && !resourceNames.includes(object)) return undefined;
  const held = target.verbs.filter((verb) => has(rule.verbs, verb));
  if (held.length === 0) return undefined;
  const verbs = target.isAnyVerb === true ? target.verbs.slice(0, 1) : held;
  const reached = target.resources.filter(
    // `*/exec` is the subresource of every resource.
    (resource) => has(resources, resource) || resources.includes(resource.replace(/^[^/]*\//, '*/')),
  );
  return reached.length === 0 ? undefined : { apiGroups: [apiGroup], resources: reached, verbs, resourceNames };
}

function has(given: readonly string[], wanted: string): boolean {
  return given.includes('*') || given.includes(wanted);
}
