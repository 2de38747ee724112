import { API_RESOURCES } from './api-resources';
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

export type PresetRole = (typeof PRESET_ROLES)[number];

/** A role of this project. */
export interface Preset {
  /** Whether it can be had on a whole cluster, or in namespaces only. */
  readonly scope: 'cluster' | 'namespace';
  readonly description: string;
  /** The ClusterRole of Kubernetes that it stands for, instead of rules. */
  readonly builtIn?: string;
  readonly rules?: readonly PolicyRule[];
}

const READ = ['get', 'list', 'watch'];
const WITHOUT_DELETE = [...READ, 'create', 'update', 'patch'];
const ALL = [...WITHOUT_DELETE, 'delete', 'deletecollection'];

/**
 * Reads what Kubernetes itself has, with scales, states and logs. By name: `*` would take in nodes/proxy, with which one
 * runs commands, and the connections to pods and services.
 */
function readEverything(): readonly PolicyRule[] {
  const byGroup = new Map<string, string[]>();
  for (const { apiGroup, name, kind, subresources } of API_RESOURCES) {
    // Reviews are asked for by creating them.
    if (kind.endsWith('Review')) continue;
    const read = ['log', 'scale', 'status'].filter((subresource) => subresources.includes(subresource));
    byGroup.set(apiGroup, [
      ...(byGroup.get(apiGroup) ?? []),
      name,
      ...read.map((subresource) => `${name}/${subresource}`),
    ]);
  }
  return [...byGroup].map(([apiGroup, resources]) => ({ apiGroups: [apiGroup], resources, verbs: READ }));
}

/** The roles of the production guide and of the self-managed tutorial, without what RBAC cannot do. */
export const PRESETS: Readonly<Record<PresetRole, Preset>> = {
  'developer-restricted': {
    scope: 'cluster',
    description: 'Deploys and looks at workloads; no Secrets and no shell in pods, which are roles of their own',
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
      'Sees what Kubernetes itself has, Secrets included, and runs workloads; writes neither Secrets nor nodes',
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
      // Clients that speak WebSocket ask for get as well.
      { apiGroups: [''], resources: ['pods/exec', 'pods/portforward'], verbs: ['get', 'create'] },
    ],
  },
  'namespace-admin': {
    scope: 'namespace',
    description: "Kubernetes' admin in a namespace, which writes neither its quota nor the namespace itself",
    builtIn: 'admin',
  },
  'restricted-user': {
    scope: 'namespace',
    description: 'Sees pods and services of a namespace',
    rules: [{ apiGroups: [''], resources: ['pods', 'services'], verbs: READ }],
  },
  'secret-reader': {
    scope: 'cluster',
    description: 'Reads Secrets, beside another role',
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: READ }],
  },
  'pod-exec': {
    scope: 'cluster',
    description: 'Runs commands in pods, beside another role',
    rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }],
  },
};
