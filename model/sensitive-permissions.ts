import type { PolicyRule } from './rbac/policy-rule';

interface Target {
  readonly apiGroup: string;
  /** Resources, with their subresource after `/`. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Whether it works in a namespace too; otherwise on the whole cluster only. */
  readonly inNamespace: boolean;
}

interface Sensitive {
  /** What it leads to. */
  readonly leadsTo: string;
  readonly targets: readonly Target[];
}

const WRITE = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const RBAC = 'rbac.authorization.k8s.io';
const core = (resources: readonly string[], verbs: readonly string[], inNamespace = true): Target => ({
  apiGroup: '',
  resources,
  verbs,
  inNamespace,
});

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
      core(['users', 'groups'], ['impersonate'], false),
      {
        apiGroup: 'authentication.k8s.io',
        resources: ['uids', 'userextras'],
        verbs: ['impersonate'],
        inNamespace: false,
      },
    ],
  },
  bind: {
    leadsTo: 'any role, by binding it to oneself',
    targets: [{ apiGroup: RBAC, resources: ['roles', 'clusterroles'], verbs: ['bind'], inNamespace: true }],
  },
  escalate: {
    leadsTo: 'any permission, by writing it into a role that one has',
    targets: [{ apiGroup: RBAC, resources: ['roles', 'clusterroles'], verbs: ['escalate'], inNamespace: true }],
  },
  'create-tokens': {
    leadsTo: 'whatever a service account may do, outside the cluster too',
    targets: [core(['serviceaccounts/token'], ['create'])],
  },
  'write-nodes': {
    leadsTo: 'every pod of a node, by drawing pods to it or away from it',
    targets: [core(['nodes', 'nodes/status'], WRITE, false)],
  },
  'node-proxy': {
    leadsTo: 'commands in every pod of a node, past the API server and its log',
    // Reading is enough: a kubelet takes commands over connections that start with GET.
    targets: [core(['nodes/proxy'], ['get', ...WRITE], false)],
  },
  'write-volumes': {
    leadsTo: 'the files of a node, by a volume of type hostPath',
    targets: [core(['persistentvolumes'], WRITE, false)],
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
        inNamespace: false,
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
        inNamespace: false,
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

/** The sensitive permissions that rules give on a whole cluster or in a namespace. */
export function sensitivePermissions(
  rules: readonly PolicyRule[],
  place: 'cluster' | 'namespace',
): readonly SensitivePermission[] {
  return SENSITIVE_PERMISSIONS.filter((name) => {
    if (name === 'wildcards') return rules.some(hasWildcard);
    const targets: readonly Target[] = PERMISSIONS[name].targets;
    return targets.some(
      (target) => (place === 'cluster' || target.inNamespace) && rules.some((rule) => reaches(rule, target)),
    );
  });
}

function hasWildcard({ apiGroups = [], resources = [], verbs }: PolicyRule): boolean {
  return resources.length > 0 && [verbs, apiGroups, resources].some((names) => names.includes('*'));
}

/** Whether a rule allows any of the verbs on any of the resources; a rule for named resources does as well. */
function reaches({ apiGroups = [], resources = [], verbs }: PolicyRule, target: Target): boolean {
  return (
    names(apiGroups, [target.apiGroup]) &&
    names(verbs, target.verbs) &&
    // `*/exec` is the subresource of every resource.
    names(resources, [...target.resources, ...target.resources.map((resource) => resource.replace(/^[^/]*\//, '*/'))])
  );
}

function names(given: readonly string[], wanted: readonly string[]): boolean {
  return given.includes('*') || wanted.some((name) => given.includes(name));
}
