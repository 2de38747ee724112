/** A resource of the Kubernetes API. */
export interface ApiResource {
  /** API group; `''` is the core group. */
  readonly apiGroup: string;
  /** Plural name, as in rules and URLs, such as `deployments`. */
  readonly name: string;
  /** Kind, as in manifests, such as `Deployment`; kubectl accepts it in lower case as the singular. */
  readonly kind: string;
  /** Short names that kubectl accepts, such as `deploy`. */
  readonly shortNames: readonly string[];
  readonly subresources: readonly string[];
  readonly isNamespaced: boolean;
}

/** Name, kind, short names and subresources of each resource, by API group. */
type Table = Readonly<
  Record<
    string,
    readonly (readonly [name: string, kind: string, shortNames?: readonly string[], subresources?: readonly string[]])[]
  >
>;

const NAMESPACED: Table = {
  '': [
    ['bindings', 'Binding'],
    ['configmaps', 'ConfigMap', ['cm']],
    ['endpoints', 'Endpoints', ['ep']],
    ['events', 'Event', ['ev']],
    ['limitranges', 'LimitRange', ['limits']],
    ['persistentvolumeclaims', 'PersistentVolumeClaim', ['pvc'], ['status']],
    [
      'pods',
      'Pod',
      ['po'],
      [
        'attach',
        'binding',
        'ephemeralcontainers',
        'eviction',
        'exec',
        'log',
        'portforward',
        'proxy',
        'resize',
        'status',
      ],
    ],
    ['podtemplates', 'PodTemplate'],
    ['replicationcontrollers', 'ReplicationController', ['rc'], ['scale', 'status']],
    ['resourcequotas', 'ResourceQuota', ['quota'], ['status']],
    ['secrets', 'Secret'],
    ['serviceaccounts', 'ServiceAccount', ['sa'], ['token']],
    ['services', 'Service', ['svc'], ['proxy', 'status']],
  ],
  apps: [
    ['controllerrevisions', 'ControllerRevision'],
    ['daemonsets', 'DaemonSet', ['ds'], ['status']],
    ['deployments', 'Deployment', ['deploy'], ['scale', 'status']],
    ['replicasets', 'ReplicaSet', ['rs'], ['scale', 'status']],
    ['statefulsets', 'StatefulSet', ['sts'], ['scale', 'status']],
  ],
  'authorization.k8s.io': [['localsubjectaccessreviews', 'LocalSubjectAccessReview']],
  autoscaling: [['horizontalpodautoscalers', 'HorizontalPodAutoscaler', ['hpa'], ['status']]],
  batch: [
    ['cronjobs', 'CronJob', ['cj'], ['status']],
    ['jobs', 'Job', [], ['status']],
  ],
  'certificates.k8s.io': [['podcertificaterequests', 'PodCertificateRequest', [], ['status']]],
  'coordination.k8s.io': [
    ['leasecandidates', 'LeaseCandidate'],
    ['leases', 'Lease'],
  ],
  'discovery.k8s.io': [['endpointslices', 'EndpointSlice']],
  'events.k8s.io': [['events', 'Event', ['ev']]],
  'metrics.k8s.io': [['pods', 'PodMetrics']],
  'networking.k8s.io': [
    ['ingresses', 'Ingress', ['ing'], ['status']],
    ['networkpolicies', 'NetworkPolicy', ['netpol']],
  ],
  policy: [['poddisruptionbudgets', 'PodDisruptionBudget', ['pdb'], ['status']]],
  'rbac.authorization.k8s.io': [
    ['rolebindings', 'RoleBinding'],
    ['roles', 'Role'],
  ],
  'resource.k8s.io': [
    ['resourceclaims', 'ResourceClaim', [], ['status']],
    ['resourceclaimtemplates', 'ResourceClaimTemplate'],
  ],
  'scheduling.k8s.io': [['workloads', 'Workload']],
  'storage.k8s.io': [['csistoragecapacities', 'CSIStorageCapacity']],
};

const CLUSTER_SCOPED: Table = {
  '': [
    ['componentstatuses', 'ComponentStatus', ['cs']],
    ['namespaces', 'Namespace', ['ns'], ['finalize', 'status']],
    ['nodes', 'Node', ['no'], ['proxy', 'status']],
    ['persistentvolumes', 'PersistentVolume', ['pv'], ['status']],
  ],
  'admissionregistration.k8s.io': [
    ['mutatingadmissionpolicies', 'MutatingAdmissionPolicy'],
    ['mutatingadmissionpolicybindings', 'MutatingAdmissionPolicyBinding'],
    ['mutatingwebhookconfigurations', 'MutatingWebhookConfiguration'],
    ['validatingadmissionpolicies', 'ValidatingAdmissionPolicy', [], ['status']],
    ['validatingadmissionpolicybindings', 'ValidatingAdmissionPolicyBinding'],
    ['validatingwebhookconfigurations', 'ValidatingWebhookConfiguration'],
  ],
  'apiextensions.k8s.io': [['customresourcedefinitions', 'CustomResourceDefinition', ['crd', 'crds'], ['status']]],
  'apiregistration.k8s.io': [['apiservices', 'APIService', [], ['status']]],
  'authentication.k8s.io': [
    ['selfsubjectreviews', 'SelfSubjectReview'],
    ['tokenreviews', 'TokenReview'],
  ],
  'authorization.k8s.io': [
    ['selfsubjectaccessreviews', 'SelfSubjectAccessReview'],
    ['selfsubjectrulesreviews', 'SelfSubjectRulesReview'],
    ['subjectaccessreviews', 'SubjectAccessReview'],
  ],
  'certificates.k8s.io': [
    ['certificatesigningrequests', 'CertificateSigningRequest', ['csr'], ['approval', 'status']],
    ['clustertrustbundles', 'ClusterTrustBundle'],
  ],
  'flowcontrol.apiserver.k8s.io': [
    ['flowschemas', 'FlowSchema', [], ['status']],
    ['prioritylevelconfigurations', 'PriorityLevelConfiguration', [], ['status']],
  ],
  'metrics.k8s.io': [['nodes', 'NodeMetrics']],
  'networking.k8s.io': [
    ['ingressclasses', 'IngressClass'],
    ['ipaddresses', 'IPAddress', ['ip']],
    ['servicecidrs', 'ServiceCIDR', [], ['status']],
  ],
  'node.k8s.io': [['runtimeclasses', 'RuntimeClass']],
  'rbac.authorization.k8s.io': [
    ['clusterrolebindings', 'ClusterRoleBinding'],
    ['clusterroles', 'ClusterRole'],
  ],
  'resource.k8s.io': [
    ['deviceclasses', 'DeviceClass'],
    ['devicetaintrules', 'DeviceTaintRule'],
    ['resourceslices', 'ResourceSlice'],
  ],
  'scheduling.k8s.io': [['priorityclasses', 'PriorityClass', ['pc']]],
  'storage.k8s.io': [
    ['csidrivers', 'CSIDriver'],
    ['csinodes', 'CSINode'],
    ['storageclasses', 'StorageClass', ['sc']],
    ['volumeattachments', 'VolumeAttachment', [], ['status']],
    ['volumeattributesclasses', 'VolumeAttributesClass', ['vac']],
  ],
  'storagemigration.k8s.io': [['storageversionmigrations', 'StorageVersionMigration', [], ['status']]],
};

/**
 * Kubernetes' own resources. If API groups share a resource name, the core group comes first, as in kubectl's lookup.
 * Read from a 1.34 server with every API enabled, plus what 1.35 added.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export const API_RESOURCES: readonly ApiResource[] = [
  ...resources(NAMESPACED, true),
  ...resources(CLUSTER_SCOPED, false),
];

function resources(table: Table, isNamespaced: boolean): readonly ApiResource[] {
  return Object.entries(table).flatMap(([apiGroup, rows]) =>
    rows.map(([name, kind, shortNames = [], subresources = []]) => ({
      apiGroup,
      name,
      kind,
      shortNames,
      subresources,
      isNamespaced,
    })),
  );
}
