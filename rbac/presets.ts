import { apiResources } from './api-resources';
import type { PolicyRule } from './policy-rule';

/** The names of the roles that this project defines. */
export const PRESET_ROLES = [
  'developer-restricted',
  'platform-engineer',
  'namespace-admin',
  'restricted-user',
  'secret-reader',
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
 * The Kubernetes version whose resources `platform-engineer` reads. The role is the same on every cluster, so data of
 * newer versions must not change it. Raising this version changes deployed roles.
 */
const READ_EVERYTHING_IN = '1.35';

/**
 * Read access to every resource of Kubernetes itself, with its scale, status and logs. Resources are listed by name:
 * `*` would include nodes/proxy, which runs commands, and connections to pods and services.
 */
function readEverything(): readonly PolicyRule[] {
  const byGroup = new Map<string, readonly string[]>();
  for (const { apiGroup, name, kind, subresources } of apiResources(READ_EVERYTHING_IN)) {
    // Reviews cannot be read, only created. The internal group is for API servers.
    if (kind.endsWith('Review') || apiGroup === 'internal.apiserver.k8s.io') continue;
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
      { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] },
      { apiGroups: [''], resources: ['configmaps'], verbs: READ },
      { apiGroups: [''], resources: ['services'], verbs: WITHOUT_DELETE },
      { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: WITHOUT_DELETE },
    ],
  },
  'platform-engineer': {
    scope: 'cluster',
    description:
      'Reads every resource of Kubernetes itself, including Secrets, and runs workloads; cannot write Secrets or nodes',
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
      // Over WebSocket, the request is a get instead of a create.
      { apiGroups: [''], resources: ['pods/exec', 'pods/portforward'], verbs: ['get', 'create'] },
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
  'pod-exec': {
    scope: 'cluster',
    description: 'Runs commands in pods; for use with another role',
    rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }],
  },
};
