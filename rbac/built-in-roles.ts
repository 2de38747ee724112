import type { AggregationRule, ClusterRole, ClusterRoleBinding, Labels, Subject } from './policy';
import type { PolicyRule } from './policy-rule';

/** Kubernetes' own user-facing roles. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
export const BUILT_IN_ROLES = ['cluster-admin', 'admin', 'edit', 'view'] as const;

/** The name of a user-facing role. */
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

/** The newest Kubernetes version that `builtInRoles` knows. */
export const NEWEST_KUBERNETES = '1.35';

/** The ClusterRoles and ClusterRoleBindings that Kubernetes creates for users. */
export interface BuiltInRoles {
  readonly clusterRoles: readonly ClusterRole[];
  readonly clusterRoleBindings: readonly ClusterRoleBinding[];
}

/** What differs between versions. */
interface Features {
  /**
   * Whether the feature gate DynamicResourceAllocation is on by default. That EKS enables its beta in 1.33 is ignored.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html
   */
  readonly dynamicResources: boolean;
  /** Whether the roles list events in the API group events.k8s.io, too. */
  readonly eventsGroup: boolean;
}

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const READ_WRITE = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/**
 * The user-facing ClusterRoles, the discovery roles and their bindings of a version such as `1.34`, with its default
 * feature gates. Versions before 1.30 get the roles of 1.30, versions after the newest get the roles of the newest.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
 */
export function builtInRoles(version: string): BuiltInRoles {
  const since = (first: string) => version.localeCompare(first, 'en', { numeric: true }) >= 0;
  const features = { dynamicResources: since('1.34'), eventsGroup: since('1.35') };
  return {
    clusterRoles: [
      ...aggregatedRoles(),
      role('system:aggregate-to-admin', adminRules(), aggregateTo('admin')),
      role('system:aggregate-to-edit', editRules(features), aggregateTo('edit')),
      role('system:aggregate-to-view', viewRules(features), aggregateTo('view')),
      role('cluster-admin', [rule(['*'], ['*'], ['*']), urls(['*'], ['*'])]),
      ...discoveryRoles(),
    ],
    clusterRoleBindings: [
      binding('cluster-admin', 'system:masters'),
      binding('system:basic-user', 'system:authenticated'),
      binding('system:discovery', 'system:authenticated'),
      binding('system:public-info-viewer', 'system:authenticated', 'system:unauthenticated'),
      binding('system:service-account-issuer-discovery', 'system:serviceaccounts'),
    ],
  };
}

function aggregatedRoles(): readonly ClusterRole[] {
  return [
    { ...role('admin', []), aggregationRule: aggregationOf('admin') },
    { ...role('edit', [], aggregateTo('admin')), aggregationRule: aggregationOf('edit') },
    { ...role('view', [], aggregateTo('edit')), aggregationRule: aggregationOf('view') },
  ];
}

function adminRules(): readonly PolicyRule[] {
  return [
    rule(['create'], ['authorization.k8s.io'], ['localsubjectaccessreviews']),
    rule(READ_WRITE, ['rbac.authorization.k8s.io'], ['rolebindings', 'roles']),
  ];
}

function editRules({ dynamicResources, eventsGroup }: Features): readonly PolicyRule[] {
  const streams = ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'];
  return [
    rule(READ, [''], [...streams, 'secrets', 'services/proxy']),
    rule(['impersonate'], [''], ['serviceaccounts']),
    rule(WRITE, [''], ['pods', ...streams]),
    rule(['create'], [''], ['pods/eviction']),
    rule(
      WRITE,
      [''],
      [
        'configmaps',
        ...(eventsGroup ? [] : ['events']),
        'persistentvolumeclaims',
        'replicationcontrollers',
        'replicationcontrollers/scale',
        'secrets',
        'serviceaccounts',
        'services',
        'services/proxy',
      ],
    ),
    rule(['create'], [''], ['serviceaccounts/token']),
    ...(eventsGroup ? [rule(WRITE, ['', 'events.k8s.io'], ['events'])] : []),
    rule(
      WRITE,
      ['apps'],
      [
        'daemonsets',
        'deployments',
        'deployments/rollback',
        'deployments/scale',
        'replicasets',
        'replicasets/scale',
        'statefulsets',
        'statefulsets/scale',
      ],
    ),
    rule(WRITE, ['autoscaling'], ['horizontalpodautoscalers']),
    rule(WRITE, ['batch'], ['cronjobs', 'jobs']),
    rule(
      WRITE,
      ['extensions'],
      [
        'daemonsets',
        'deployments',
        'deployments/rollback',
        'deployments/scale',
        'ingresses',
        'networkpolicies',
        'replicasets',
        'replicasets/scale',
        'replicationcontrollers/scale',
      ],
    ),
    rule(WRITE, ['policy'], ['poddisruptionbudgets']),
    rule(WRITE, ['networking.k8s.io'], ['ingresses', 'networkpolicies']),
    rule(READ_WRITE, ['coordination.k8s.io'], ['leases']),
    ...(dynamicResources ? [rule(WRITE, ['resource.k8s.io'], ['resourceclaims', 'resourceclaimtemplates'])] : []),
  ];
}

function viewRules({ dynamicResources, eventsGroup }: Features): readonly PolicyRule[] {
  return [
    rule(
      READ,
      [''],
      [
        'configmaps',
        'endpoints',
        ...withStatus('persistentvolumeclaims'),
        'pods',
        'replicationcontrollers',
        'replicationcontrollers/scale',
        'serviceaccounts',
        ...withStatus('services'),
      ],
    ),
    rule(
      READ,
      [''],
      [
        'bindings',
        ...(eventsGroup ? [] : ['events']),
        'limitranges',
        'namespaces/status',
        'pods/log',
        'pods/status',
        'replicationcontrollers/status',
        ...withStatus('resourcequotas'),
      ],
    ),
    rule(READ, [''], ['namespaces']),
    ...(eventsGroup ? [rule(READ, ['', 'events.k8s.io'], ['events'])] : []),
    rule(READ, ['discovery.k8s.io'], ['endpointslices']),
    rule(
      READ,
      ['apps'],
      [
        'controllerrevisions',
        ...withStatus('daemonsets'),
        ...withScaleAndStatus('deployments'),
        ...withScaleAndStatus('replicasets'),
        ...withScaleAndStatus('statefulsets'),
      ],
    ),
    rule(READ, ['autoscaling'], withStatus('horizontalpodautoscalers')),
    rule(READ, ['batch'], [...withStatus('cronjobs'), ...withStatus('jobs')]),
    rule(
      READ,
      ['extensions'],
      [
        ...withStatus('daemonsets'),
        ...withScaleAndStatus('deployments'),
        ...withStatus('ingresses'),
        'networkpolicies',
        ...withScaleAndStatus('replicasets'),
        'replicationcontrollers/scale',
      ],
    ),
    rule(READ, ['policy'], withStatus('poddisruptionbudgets')),
    rule(READ, ['networking.k8s.io'], [...withStatus('ingresses'), 'networkpolicies']),
    ...(dynamicResources
      ? [rule(READ, ['resource.k8s.io'], [...withStatus('resourceclaims'), 'resourceclaimtemplates'])]
      : []),
  ];
}

function discoveryRoles(): readonly ClusterRole[] {
  const health = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
  return [
    role('system:basic-user', [
      rule(['create'], ['authorization.k8s.io'], ['selfsubjectaccessreviews', 'selfsubjectrulesreviews']),
      rule(['create'], ['authentication.k8s.io'], ['selfsubjectreviews']),
    ]),
    role('system:discovery', [
      urls(['get'], ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*', ...health]),
    ]),
    role('system:public-info-viewer', [urls(['get'], health)]),
    role('system:service-account-issuer-discovery', [
      urls(
        ['get'],
        [
          '/.well-known/openid-configuration',
          '/.well-known/openid-configuration/',
          '/openid/v1/jwks',
          '/openid/v1/jwks/',
        ],
      ),
    ]),
  ];
}

function role(name: string, rules: readonly PolicyRule[], labels: Labels = {}): ClusterRole {
  return { name, labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels }, rules };
}

function aggregateTo(name: string): Labels {
  return { [`rbac.authorization.k8s.io/aggregate-to-${name}`]: 'true' };
}

function aggregationOf(name: string): AggregationRule {
  return { clusterRoleSelectors: [{ matchLabels: aggregateTo(name) }] };
}

function rule(verbs: readonly string[], apiGroups: readonly string[], resources: readonly string[]): PolicyRule {
  return { apiGroups, resources, verbs };
}

function urls(verbs: readonly string[], nonResourceURLs: readonly string[]): PolicyRule {
  return { nonResourceURLs, verbs };
}

function withStatus(resource: string): readonly string[] {
  return [resource, `${resource}/status`];
}

function withScaleAndStatus(resource: string): readonly string[] {
  return [resource, `${resource}/scale`, `${resource}/status`];
}

function binding(name: string, ...groups: readonly string[]): ClusterRoleBinding {
  return { name, role: name, subjects: groups.map((group): Subject => ({ kind: 'Group', name: group })) };
}
