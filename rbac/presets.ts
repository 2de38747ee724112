import { apiResources } from './api-resources';
import type { PolicyRule } from './policy-rule';

/** The names of the roles that this project defines. */
export const PRESET_ROLES = [
  'developer-restricted',
  'platform-engineer',
  'namespace-admin',
  'restricted-user',
  'secret-reader',
  'secret-writer',
  'pod-exec',
] as const;

/** The name of a role that this project defines. */
export type PresetRole = (typeof PRESET_ROLES)[number];

/** A role that this project defines. */
export interface Preset {
  /** `cluster` can be granted on a whole cluster or in namespaces, `namespace` only in namespaces. */
  readonly scope: 'cluster' | 'namespace';
  readonly description: string;
  /** Kubernetes' own ClusterRole that the preset stands for; it then has no rules. */
  readonly builtIn?: string;
  readonly rules?: readonly PolicyRule[];
}

const READ = ['get', 'list', 'watch'];
const WITHOUT_DELETE = [...READ, 'create', 'update', 'patch'];
const ALL = [...WITHOUT_DELETE, 'delete', 'deletecollection'];
/**
 * Clients connect to a pod over SPDY, which the API server authorizes as create, or over WebSocket, which it authorizes as
 * get. From 1.35, it authorizes WebSocket as create, too.
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/AuthorizePodWebsocketUpgradeCreatePermission/
 */
const CONNECT = ['get', 'create'];

/**
 * The Kubernetes version whose resources `platform-engineer` reads. The role is the same on every cluster, so data of
 * newer versions must not change it. Raising this version changes deployed roles.
 */
const READ_EVERYTHING_IN = '1.35';

/**
 * Read access to every resource of Kubernetes itself except Secrets, with its scale, status and logs. Resources are listed
 * by name: `*` would include nodes/proxy, which runs commands, and connections to pods and services.
 */
function readEverything(): readonly PolicyRule[] {
  const byGroup = new Map<string, readonly string[]>();
  for (const { apiGroup, name, kind, subresources } of apiResources(READ_EVERYTHING_IN)) {
    // Reviews cannot be read, only created. The internal group is for API servers.
    if (kind.endsWith('Review') || apiGroup === 'internal.apiserver.k8s.io') continue;
    // A Secret opens what it is the key to. The preset secret-reader reads them where somebody grants it.
    if (kind === 'Secret') continue;
    const read = ['log', 'scale', 'status']
      .filter((subresource) => Object.hasOwn(subresources, subresource))
      .map((subresource) => `${name}/${subresource}`)
      // 1.35 added it after this role was written; adding it here changes deployed roles.
      .filter((subresource) => subresource !== 'devicetaintrules/status');
    byGroup.set(apiGroup, [...(byGroup.get(apiGroup) ?? []), name, ...read]);
  }
  return [...byGroup].map(([apiGroup, resources]) => ({ apiGroups: [apiGroup], resources, verbs: READ }));
}

/** The roles of the production guide and of the self-managed tutorial, as far as RBAC can express them. */
export const PRESETS: Readonly<Record<PresetRole, Preset>> = {
  'developer-restricted': {
    scope: 'cluster',
    description: 'Deploys and views workloads; no Secrets and no shell in pods, which are separate roles',
    rules: [
      { apiGroups: [''], resources: ['namespaces', 'nodes', 'persistentvolumes'], verbs: ['get', 'list'] },
      { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: WITHOUT_DELETE },
      { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['update', 'patch'] },
      { apiGroups: [''], resources: ['pods'], verbs: [...READ, 'delete'] },
      { apiGroups: [''], resources: ['pods/log', 'pods/status'], verbs: ['get', 'list'] },
      { apiGroups: [''], resources: ['pods/portforward'], verbs: CONNECT },
      { apiGroups: [''], resources: ['configmaps'], verbs: READ },
      { apiGroups: [''], resources: ['services'], verbs: WITHOUT_DELETE },
      { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: WITHOUT_DELETE },
    ],
  },
  'platform-engineer': {
    scope: 'cluster',
    description:
      'Reads every resource of Kubernetes itself except Secrets, and runs workloads and commands in pods; writes nothing else',
    rules: [
      ...readEverything(),
      {
        apiGroups: ['apps'],
        resources: [
          'daemonsets',
          'deployments',
          'deployments/scale',
          'replicasets',
          'replicasets/scale',
          'statefulsets',
          'statefulsets/scale',
        ],
        verbs: ALL,
      },
      { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: ALL },
      { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: ALL },
      { apiGroups: [''], resources: ['pods/exec', 'pods/portforward'], verbs: CONNECT },
    ],
  },
  'namespace-admin': {
    scope: 'namespace',
    description: "Kubernetes' own admin role in a namespace; cannot change the quota or the namespace itself",
    builtIn: 'admin',
  },
  'restricted-user': {
    scope: 'namespace',
    description: 'Views pods and services in a namespace',
    rules: [{ apiGroups: [''], resources: ['pods', 'services'], verbs: READ }],
  },
  'secret-reader': {
    scope: 'cluster',
    description: 'Reads Secrets; for use with another role',
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: READ }],
  },
  'secret-writer': {
    scope: 'namespace',
    // Without get, kubectl could neither apply nor edit; and a patch returns the Secret anyway.
    description: 'Reads, creates, changes and deletes Secrets in a namespace; for use with another role',
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ALL }],
  },
  'pod-exec': {
    scope: 'cluster',
    description: 'Runs commands in pods; for use with another role',
    rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs: CONNECT }],
  },
};
