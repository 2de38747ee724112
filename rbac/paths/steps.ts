import type { Permission, Resources } from './permission';

/** What a step gives whoever makes it. `names` limits it to the named objects of the step's first permission. */
export type Gain =
  /** Everything on the cluster. */
  | 'cluster-admin'
  /** Every service account of the namespace, or the named ones. */
  | 'service-accounts'
  /** Every user of the cluster, or the named ones, without their groups. */
  | 'users'
  /** Every group of the cluster, or the named ones. */
  | 'groups'
  /** Everything in the namespace, or the rules of the named ClusterRoles there; on the whole cluster for a ClusterRoleBinding. */
  | 'roles'
  /** Everything that a role allows whose rules are changed: on the whole cluster if one of the bound roles is. */
  | 'own-roles'
  /** Root on a node. */
  | 'node'
  /** Every request that a guard refuses. */
  | 'no-guards'
  /** Pods in the namespace that a Pod Security Standard refuses. */
  | 'no-pod-security'
  /** The requests of the rules whose verbs start with `impersonate-on:<mode>:`, as other users. */
  | 'constrained-users'
  /** The same as service accounts of the namespace. */
  | 'constrained-service-accounts';

/** A Pod Security Standard that refuses something. */
export type PodSecurity = 'baseline' | 'restricted';

/** One way in which permissions lead to more. */
export interface Step {
  /** What is done, as a sentence without subject; `{place}` is the namespace. */
  readonly does: string;
  /** The permissions that it takes, all of them. */
  readonly needs: readonly Permission[];
  readonly gives: Gain;
  /** Whether it takes nothing that a cluster may not have: no certain object, and nobody else's action. */
  readonly isCertain: boolean;
  /** The only namespace in which it leads to anything. @default - any */
  readonly namespace?: string;
  /** The clusters on which it works. @default - all */
  readonly only?: 'eks' | 'self-managed' | 'reads-aws-auth';
  /** The first Kubernetes version in which it works by default. @default - every version */
  readonly since?: string;
  /** Whether guards do not see it, because it sends no request to the API server. @default false */
  readonly isPastGuards?: boolean;
  /** The Pod Security Standards of the namespace that stop it. @default - none */
  readonly stoppedBy?: readonly PodSecurity[];
  readonly source: string;
}

const CORE = '';
const RBAC = 'rbac.authorization.k8s.io';
const AUTHENTICATION = 'authentication.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const GET = ['get', 'list', 'watch'];
/** A patch returns the whole object, and deletecollection the deleted ones, also as a dry run. */
const READ = [...GET, 'patch', 'deletecollection'];
const CHANGE = ['create', 'update', 'patch'];
const UPDATE = ['update', 'patch'];
const WRITE = [...CHANGE, 'delete', 'deletecollection'];

const on = (apiGroup: string, ...resources: string[]): Resources => ({ apiGroup, resources });
const permission = (verbs: readonly string[], ...on: Resources[]): Permission => ({ verbs, on });
const clusterPermission = (verbs: readonly string[], ...on: Resources[]): Permission => ({
  verbs,
  on,
  isClusterScoped: true,
});

/** Controllers that create pods. */
const CONTROLLERS = [
  on(CORE, 'replicationcontrollers'),
  on('apps', 'deployments', 'daemonsets', 'statefulsets', 'replicasets'),
  on('batch', 'jobs', 'cronjobs'),
];

const PODS = 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation';
const IMPERSONATION = 'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation';
const CONSTRAINED =
  'https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/#constrained-impersonation';
const ESCALATION =
  'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping';
const GOOD_PRACTICES = 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks';
const AWS_AUTH = 'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html';
const WEBHOOKS = 'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/';

/**
 * Each way to run a pod that somebody describes: directly, by a controller that creates it, or by one that exists on EKS
 * and with kubeadm.
 */
const RUN: readonly Pick<Step, 'needs' | 'namespace'>[] = [
  { needs: [permission(['create'], on(CORE, 'pods'))] },
  { needs: [permission(['create'], ...CONTROLLERS)] },
  { needs: [{ ...permission(UPDATE, on('apps', 'deployments')), object: 'coredns' }], namespace: 'kube-system' },
  { needs: [{ ...permission(UPDATE, on('apps', 'daemonsets')), object: 'kube-proxy' }], namespace: 'kube-system' },
];

/** A step for each way to run a pod. */
function running(step: Omit<Step, 'needs' | 'isCertain' | 'source'>, ...more: readonly Permission[]): readonly Step[] {
  return RUN.map(({ needs, ...run }) => ({
    ...step,
    ...run,
    needs: [...needs, ...more],
    isCertain: true,
    source: PODS,
  }));
}

/**
 * How permissions lead to more, as data: what a step takes, what it does and what it gives. What is neither here nor in
 * `HARMLESS` does not exist in Kubernetes.
 */
export const STEPS: readonly Step[] = [
  // Service accounts.
  {
    does: 'impersonates a service account of {place}',
    needs: [permission(['impersonate'], on(CORE, 'serviceaccounts'))],
    gives: 'service-accounts',
    isCertain: true,
    source: IMPERSONATION,
  },
  {
    does: 'creates a token of a service account of {place}',
    needs: [permission(['create'], on(CORE, 'serviceaccounts/token'))],
    gives: 'service-accounts',
    isCertain: true,
    source: GOOD_PRACTICES,
  },
  {
    does: 'creates a Secret for the token of a service account of {place} and reads it',
    needs: [permission(['create'], on(CORE, 'secrets')), permission(READ, on(CORE, 'secrets'))],
    gives: 'service-accounts',
    isCertain: true,
    source: 'https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets',
  },
  ...running({ does: 'runs a pod as a service account of {place}', gives: 'service-accounts' }),
  {
    does: 'changes the pods of a workload that exists in {place}',
    needs: [permission(UPDATE, ...CONTROLLERS)],
    gives: 'service-accounts',
    isCertain: false,
    source: PODS,
  },

  // Users and groups.
  {
    does: 'impersonates a user in any group that the permission covers',
    needs: [
      clusterPermission(['impersonate'], on(CORE, 'groups')),
      clusterPermission(['impersonate'], on(CORE, 'users')),
    ],
    gives: 'groups',
    isCertain: true,
    source: IMPERSONATION,
  },
  {
    does: 'impersonates a service account of {place} in any group that the permission covers',
    needs: [
      clusterPermission(['impersonate'], on(CORE, 'groups')),
      permission(['impersonate'], on(CORE, 'serviceaccounts')),
    ],
    gives: 'groups',
    isCertain: true,
    source: IMPERSONATION,
  },
  {
    does: 'impersonates a user, such as one of the control plane',
    needs: [clusterPermission(['impersonate'], on(CORE, 'users'))],
    gives: 'users',
    isCertain: true,
    source: IMPERSONATION,
  },
  {
    does: 'impersonates any user and group for some requests',
    needs: [
      clusterPermission(['impersonate:user-info'], on(AUTHENTICATION, 'groups')),
      clusterPermission(['impersonate:user-info'], on(AUTHENTICATION, 'users')),
    ],
    gives: 'constrained-users',
    isCertain: true,
    since: '1.36',
    source: CONSTRAINED,
  },
  {
    does: 'impersonates a service account of {place} for some requests',
    needs: [permission(['impersonate:serviceaccount'], on(AUTHENTICATION, 'serviceaccounts'))],
    gives: 'constrained-service-accounts',
    isCertain: true,
    since: '1.36',
    source: CONSTRAINED,
  },
  {
    does: 'requests, approves and receives a client certificate of a user of the control plane',
    needs: [
      { ...clusterPermission(['approve'], on(CERTIFICATES, 'signers')), object: 'kubernetes.io/kube-apiserver-client' },
      clusterPermission(['create'], on(CERTIFICATES, 'certificatesigningrequests')),
      clusterPermission(UPDATE, on(CERTIFICATES, 'certificatesigningrequests/approval')),
      clusterPermission(GET, on(CERTIFICATES, 'certificatesigningrequests')),
    ],
    gives: 'users',
    isCertain: true,
    only: 'self-managed',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization',
  },
  {
    does: 'adds an entry with system:masters to the ConfigMap aws-auth',
    needs: [{ ...permission(CHANGE, on(CORE, 'configmaps')), object: 'aws-auth' }],
    gives: 'cluster-admin',
    isCertain: true,
    namespace: 'kube-system',
    only: 'reads-aws-auth',
    source: AWS_AUTH,
  },

  // Roles.
  {
    does: 'binds a ClusterRole to oneself',
    needs: [
      clusterPermission(['bind'], on(RBAC, 'clusterroles')),
      clusterPermission(['create'], on(RBAC, 'clusterrolebindings')),
    ],
    gives: 'roles',
    isCertain: true,
    source: ESCALATION,
  },
  {
    does: 'adds oneself to the ClusterRoleBinding cluster-admin, which every cluster has',
    needs: [
      { ...clusterPermission(['bind'], on(RBAC, 'clusterroles')), object: 'cluster-admin' },
      { ...clusterPermission(UPDATE, on(RBAC, 'clusterrolebindings')), object: 'cluster-admin' },
    ],
    gives: 'cluster-admin',
    isCertain: true,
    source: ESCALATION,
  },
  {
    does: 'binds a ClusterRole to oneself in {place}',
    needs: [permission(['bind'], on(RBAC, 'clusterroles')), permission(['create'], on(RBAC, 'rolebindings'))],
    gives: 'roles',
    isCertain: true,
    source: ESCALATION,
  },
  {
    does: 'adds every permission to a ClusterRole that one has',
    needs: [
      clusterPermission(UPDATE, on(RBAC, 'clusterroles')),
      clusterPermission(['escalate'], on(RBAC, 'clusterroles')),
    ],
    gives: 'own-roles',
    isCertain: true,
    source: ESCALATION,
  },
  {
    does: 'adds every permission to a Role that one has in {place}',
    needs: [permission(UPDATE, on(RBAC, 'roles')), permission(['escalate'], on(RBAC, 'roles'))],
    gives: 'own-roles',
    isCertain: true,
    source: ESCALATION,
  },
  {
    does: 'creates a ClusterRole with every permission that is aggregated into view, edit and admin',
    needs: [
      clusterPermission(['escalate'], on(RBAC, 'clusterroles')),
      clusterPermission(['create'], on(RBAC, 'clusterroles')),
    ],
    gives: 'own-roles',
    isCertain: true,
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles',
  },
  {
    does: 'binds or changes a role that somebody else can use or has bound',
    needs: [
      permission(['bind', 'escalate'], on(RBAC, 'roles', 'clusterroles')),
      permission(CHANGE, on(RBAC, 'roles', 'rolebindings', 'clusterroles', 'clusterrolebindings')),
    ],
    gives: 'cluster-admin',
    isCertain: false,
    source: ESCALATION,
  },

  // Nodes.
  {
    does: 'runs commands in every pod of a node through its kubelet',
    needs: [clusterPermission(['get', 'create', 'update', 'patch', 'delete'], on(CORE, 'nodes/proxy'))],
    gives: 'node',
    isCertain: true,
    source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes',
  },
  {
    does: 'runs commands in every pod of a node through its kubelet, which it reaches directly',
    needs: [clusterPermission(['get', 'create', 'update', 'patch', 'delete'], on(CORE, 'nodes/proxy'))],
    gives: 'node',
    isCertain: false,
    isPastGuards: true,
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/#kubelet-authorization',
  },
  ...running({
    does: 'runs a privileged pod in {place}, or one with the files of the node',
    gives: 'node',
    stoppedBy: ['baseline', 'restricted'],
  }),
  ...running(
    {
      does: 'runs a pod in {place} with a persistent volume that is a folder of the node',
      // No standard looks into a volume, and none refuses the group of root, which owns containerd's socket.
      gives: 'node',
    },
    clusterPermission(['create'], on(CORE, 'persistentvolumes')),
    permission(['create'], on(CORE, 'persistentvolumeclaims')),
  ),
  {
    does: 'makes a pod of {place} privileged, by its workload or by another container',
    needs: [permission(UPDATE, ...CONTROLLERS, on(CORE, 'pods/ephemeralcontainers'))],
    gives: 'node',
    isCertain: false,
    stoppedBy: ['baseline', 'restricted'],
    source: PODS,
  },
  {
    does: 'changes a volume that a pod uses or will use into files of the node, or of another pod',
    needs: [
      clusterPermission(
        WRITE,
        on(CORE, 'persistentvolumes', 'persistentvolumes/status'),
        on('storage.k8s.io', 'volumeattachments', 'volumeattachments/status', 'storageclasses', 'csidrivers'),
      ),
    ],
    gives: 'node',
    isCertain: false,
    source: GOOD_PRACTICES,
  },
  {
    does: 'joins a node by a bootstrap token',
    needs: [permission(CHANGE, on(CORE, 'secrets'))],
    gives: 'node',
    isCertain: false,
    namespace: 'kube-system',
    only: 'self-managed',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/',
  },
  {
    does: 'attracts pods to a node that one has, or sends requests for the node elsewhere',
    needs: [
      clusterPermission(
        WRITE,
        on(CORE, 'nodes', 'nodes/status'),
        on('node.k8s.io', 'runtimeclasses'),
        on(
          'resource.k8s.io',
          'deviceclasses',
          'resourceclasses',
          'resourceslices',
          'devicetaintrules',
          'devicetaintrules/status',
        ),
        on('storage.k8s.io', 'csinodes', 'csinodes/status'),
      ),
    ],
    gives: 'node',
    isCertain: false,
    source: GOOD_PRACTICES,
  },
  {
    does: 'reads the logs of a node, or asks its kubelet',
    needs: [
      clusterPermission(
        ['get', 'create', 'update', 'patch', 'delete'],
        on(CORE, 'nodes/log', 'nodes/checkpoint', 'nodes/configz', 'nodes/pods', 'nodes/healthz'),
      ),
    ],
    gives: 'node',
    isCertain: false,
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/#kubelet-authorization',
  },

  {
    does: 'impersonates a node for some requests',
    needs: [clusterPermission(['impersonate:arbitrary-node'], on(AUTHENTICATION, 'nodes'))],
    gives: 'node',
    isCertain: false,
    since: '1.36',
    source: CONSTRAINED,
  },

  // What protects others.
  {
    does: 'removes the admission policies that are the guards',
    needs: [
      clusterPermission(
        [...UPDATE, 'delete', 'deletecollection'],
        on(ADMISSION, 'validatingadmissionpolicies', 'validatingadmissionpolicybindings'),
      ),
    ],
    gives: 'no-guards',
    isCertain: true,
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  },
  {
    does: 'removes the Pod Security labels of {place}',
    needs: [permission(UPDATE, on(CORE, 'namespaces', 'namespaces/status', 'namespaces/finalize'))],
    gives: 'no-pod-security',
    isCertain: true,
    source:
      'https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces',
  },

  // What somebody else does, or what runs there.
  {
    does: 'reads or changes the requests of others, through a webhook or a mutating policy',
    needs: [
      clusterPermission(
        CHANGE,
        on(
          ADMISSION,
          'mutatingwebhookconfigurations',
          'validatingwebhookconfigurations',
          'mutatingadmissionpolicies',
          'mutatingadmissionpolicybindings',
        ),
      ),
    ],
    gives: 'cluster-admin',
    isCertain: false,
    source: WEBHOOKS,
  },
  {
    does: 'takes over requests for an API, or its objects',
    needs: [
      clusterPermission(
        CHANGE,
        on('apiextensions.k8s.io', 'customresourcedefinitions', 'customresourcedefinitions/status'),
        on('apiregistration.k8s.io', 'apiservices', 'apiservices/status'),
      ),
    ],
    gives: 'cluster-admin',
    isCertain: false,
    source: 'https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/',
  },
  {
    does: 'creates an object that a controller with more permissions acts on',
    needs: [permission(CHANGE, on('custom', '*'))],
    gives: 'cluster-admin',
    isCertain: false,
    source: 'https://kubernetes.io/docs/concepts/extend-kubernetes/operator/',
  },
  {
    does: 'approves a client certificate that somebody else requests',
    needs: [clusterPermission(['approve', 'sign', 'attest'], on(CERTIFICATES, 'signers'))],
    gives: 'cluster-admin',
    isCertain: false,
    only: 'self-managed',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization',
  },
  {
    does: 'approves a serving certificate, and answers in place of a pod',
    needs: [clusterPermission(['approve', 'sign', 'attest'], on(CERTIFICATES, 'signers'))],
    gives: 'service-accounts',
    isCertain: false,
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization',
  },
  {
    does: 'makes pods trust a certificate authority',
    needs: [clusterPermission(CHANGE, on(CERTIFICATES, 'clustertrustbundles'))],
    gives: 'service-accounts',
    isCertain: false,
    source:
      'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#cluster-trust-bundles',
  },
  {
    does: 'runs commands in a pod of {place}, or connects to one',
    needs: [
      permission(
        ['get', ...CHANGE, 'delete'],
        on(CORE, 'pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy', 'services/proxy'),
      ),
    ],
    gives: 'service-accounts',
    isCertain: false,
    source: 'https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/',
  },
  {
    does: 'changes the image of a pod of {place}, or adds a container to it',
    needs: [permission(UPDATE, on(CORE, 'pods', 'pods/ephemeralcontainers'))],
    gives: 'service-accounts',
    isCertain: false,
    source: 'https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/',
  },
  {
    does: 'changes the template by which a controller creates pods in {place}',
    needs: [permission(CHANGE, on('apps', 'controllerrevisions'), on(CORE, 'podtemplates'))],
    gives: 'service-accounts',
    isCertain: false,
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies',
  },
  {
    does: 'changes what a pod of {place} reads: its configuration, its Secrets, its volumes or its devices',
    needs: [
      permission(
        CHANGE,
        on(CORE, 'configmaps', 'secrets', 'persistentvolumeclaims', 'persistentvolumeclaims/status'),
        on('resource.k8s.io', 'resourceclaims', 'resourceclaims/status', 'resourceclaimtemplates'),
        on('resource.k8s.io', 'podschedulingcontexts', 'podschedulingcontexts/status'),
        on('resource.k8s.io', 'resourceclaimparameters', 'resourceclassparameters'),
      ),
    ],
    gives: 'service-accounts',
    isCertain: false,
    source: GOOD_PRACTICES,
  },
  {
    does: 'reads the Secrets of {place}, and what they open',
    needs: [permission(READ, on(CORE, 'secrets'))],
    gives: 'service-accounts',
    isCertain: false,
    source: GOOD_PRACTICES,
  },
  {
    does: 'reads the logs of the pods of {place}, with what they print',
    needs: [permission(['get'], on(CORE, 'pods/log'))],
    gives: 'service-accounts',
    isCertain: false,
    source: 'https://kubernetes.io/docs/concepts/cluster-administration/logging/',
  },
  {
    does: 'receives requests that are meant for a pod of {place}',
    needs: [
      permission(
        CHANGE,
        on(CORE, 'services', 'services/status', 'endpoints', 'pods/status'),
        on('discovery.k8s.io', 'endpointslices'),
        on('networking.k8s.io', 'ingresses', 'ingresses/status'),
      ),
    ],
    gives: 'service-accounts',
    isCertain: false,
    source: 'https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors',
  },
  {
    does: 'hands the Ingresses of a class to another controller',
    needs: [clusterPermission(CHANGE, on('networking.k8s.io', 'ingressclasses'))],
    gives: 'service-accounts',
    isCertain: false,
    source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class',
  },
  {
    does: 'places a pod of {place} on a node that one has',
    needs: [permission(['create'], on(CORE, 'bindings', 'pods/binding', 'pods/eviction'))],
    gives: 'service-accounts',
    isCertain: false,
    source: GOOD_PRACTICES,
  },
  {
    does: 'makes a pod of {place} move to another node',
    needs: [
      permission(
        CHANGE,
        on('lifecycle.k8s.io', 'evictionrequests', 'evictionrequests/status', 'evictions', 'evictions/status'),
      ),
    ],
    gives: 'service-accounts',
    isCertain: false,
    source: GOOD_PRACTICES,
  },
  {
    does: 'gives a service account of {place} another AWS role, or lets it pull other images',
    needs: [permission(CHANGE, on(CORE, 'serviceaccounts'))],
    gives: 'service-accounts',
    isCertain: false,
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
  },
  {
    does: 'receives a certificate of a pod of {place}',
    needs: [permission(WRITE, on(CERTIFICATES, 'podcertificaterequests', 'podcertificaterequests/status'))],
    gives: 'service-accounts',
    isCertain: false,
    source:
      'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#pod-certificate-requests',
  },
];
