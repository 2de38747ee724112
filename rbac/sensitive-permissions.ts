import type { PolicyRule } from './policy-rule';

interface Target {
  readonly apiGroup: string;
  /** Resources, with their subresource after `/`. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Where it counts: on the whole cluster, there and in kube-system, or in every namespace too. */
  readonly where: Where;
  /** The one object that it is about. @default - every one */
  readonly object?: string;
  /** Whether it counts on EKS only. @default false */
  readonly onEks?: boolean;
}

type Where = 'cluster' | 'kube-system' | 'namespaces';

/** Where rules hold. */
export interface Place {
  /** The namespace; null for the whole cluster. */
  readonly namespace: string | null;
  /** Whether the cluster is one of EKS. */
  readonly isEks: boolean;
}

interface Sensitive {
  /** What it leads to. */
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
/** Whatever has a pod template, and pods themselves. */
const WORKLOADS = {
  '': ['pods', 'podtemplates', 'replicationcontrollers'],
  apps: ['controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  batch: ['cronjobs', 'jobs'],
};

const PERMISSIONS = {
  'read-secrets': {
    leadsTo: 'the passwords and tokens of everything that runs there',
    targets: [core(['secrets'], ['get', 'list', 'watch'])],
  },
  'pod-exec': {
    leadsTo: 'whatever the pods may do, with their tokens and files',
    targets: [core(['pods/exec', 'pods/attach', 'pods/ephemeralcontainers'], ['create', 'get', 'update', 'patch'])],
  },
  impersonate: {
    leadsTo: 'whatever another user, group or service account may do',
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
    leadsTo: 'any permission, by writing it into a role that one has',
    targets: [{ apiGroup: RBAC, resources: ['roles', 'clusterroles'], verbs: ['escalate'], where: 'namespaces' }],
  },
  'create-tokens': {
    leadsTo: 'whatever a service account may do, outside the cluster too',
    targets: [core(['serviceaccounts/token'], ['create'])],
  },
  'run-workloads': {
    leadsTo: 'cluster-admin on most clusters: a pod in kube-system can run as any service account there',
    targets: Object.entries(WORKLOADS).map(([apiGroup, resources]) => ({
      apiGroup,
      resources,
      verbs: CHANGE,
      where: 'kube-system' as const,
    })),
  },
  'write-secrets': {
    leadsTo:
      'cluster-admin on most clusters, for whoever can read it: a Secret in kube-system can hold a token of any service account there',
    targets: [core(['secrets'], CHANGE, 'kube-system')],
  },
  'write-aws-auth': {
    leadsTo: 'system:masters for any AWS principal, by an entry in the ConfigMap aws-auth of kube-system',
    targets: [{ ...core(['configmaps'], CHANGE, 'kube-system'), object: 'aws-auth', onEks: true }],
  },
  'write-nodes': {
    leadsTo: 'every pod of a node, by drawing pods to it or away from it',
    targets: [core(['nodes', 'nodes/status'], WRITE, 'cluster')],
  },
  'node-proxy': {
    leadsTo: 'commands in every pod of a node, past the API server and its log',
    // Reading is enough: a kubelet takes commands over connections that start with GET.
    targets: [core(['nodes/proxy'], ['get', ...WRITE], 'cluster')],
  },
  'write-volumes': {
    leadsTo: 'the files of a node, by a volume of type hostPath',
    targets: [core(['persistentvolumes'], WRITE, 'cluster')],
  },
  'write-webhooks': {
    leadsTo: 'reading and changing every request, Secrets included, and taking guards away',
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
    leadsTo: 'a client certificate with any name, the control plane included',
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
    leadsTo: 'resources and verbs that nobody has thought of, those of later versions included',
    targets: [],
  },
} as const satisfies Record<string, Sensitive>;

/** A permission that leads to more than it says. @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/ */
export type SensitivePermission = keyof typeof PERMISSIONS;

/** The names of the sensitive permissions. */
export const SENSITIVE_PERMISSIONS = Object.keys(PERMISSIONS) as readonly SensitivePermission[];

/** What a sensitive permission leads to, in words. */
export function leadsTo(permission: SensitivePermission): string {
  return PERMISSIONS[permission].leadsTo;
}

/** The sensitive permissions that rules give in a place. */
export function sensitivePermissions(rules: readonly PolicyRule[], place: Place): readonly SensitivePermission[] {
  return SENSITIVE_PERMISSIONS.filter((name) => sensitiveRules(name, rules, place).length > 0);
}

/** What rules allow in a place of a sensitive permission, and nothing else; for wildcards the rules that have one. */
export function sensitiveRules(
  permission: SensitivePermission,
  rules: readonly PolicyRule[],
  place: Place,
): readonly PolicyRule[] {
  if (permission === 'wildcards') return rules.filter(hasWildcard);
  const targets: readonly Target[] = PERMISSIONS[permission].targets;
  return targets
    .filter((target) => counts(target, place))
    .flatMap((target) => rules.flatMap((rule) => within(rule, target) ?? []));
}

function counts({ where, onEks = false }: Target, { namespace, isEks }: Place): boolean {
  if (onEks && !isEks) return false;
  return namespace === null || where === 'namespaces' || (where === 'kube-system' && namespace === 'kube-system');
}

function hasWildcard({ apiGroups = [], resources = [], verbs }: PolicyRule): boolean {
  return resources.length > 0 && [verbs, apiGroups, resources].some((names) => names.includes('*'));
}

/** What a rule allows of a target; a rule for named objects does so too, unless the one object of the target is another. */
function within(rule: PolicyRule, { apiGroup, object, ...target }: Target): PolicyRule | undefined {
  const { apiGroups = [], resources = [], resourceNames = [] } = rule;
  const isNamed = object === undefined || resourceNames.length === 0 || resourceNames.includes(object);
  const verbs = target.verbs.filter((verb) => has(rule.verbs, verb));
  const reached = target.resources.filter(
    // `*/exec` is the subresource of every resource.
    (resource) => has(resources, resource) || resources.includes(resource.replace(/^[^/]*\//, '*/')),
  );
  if (!isNamed || !has(apiGroups, apiGroup) || verbs.length === 0 || reached.length === 0) return undefined;
  return { apiGroups: [apiGroup], resources: reached, verbs, resourceNames };
}

function has(given: readonly string[], wanted: string): boolean {
  return given.includes('*') || given.includes(wanted);
}
