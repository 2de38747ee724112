import type { Resources } from './permission';

/** Permissions that by themselves lead to no other permission. */
export interface Harmless {
  /** The group `*` is every group; the resource `*` is every resource that is not a subresource. */
  readonly on: readonly Resources[];
  readonly verbs: readonly string[];
  readonly reason: string;
}

const on = (apiGroup: string, ...resources: string[]): Resources => ({ apiGroup, resources });
const CORE = '';
const GET = ['get', 'list', 'watch'];
const CHANGE = ['create', 'update', 'patch'];
const DELETE = ['delete', 'deletecollection'];
const WRITE = [...CHANGE, ...DELETE];

/**
 * What leads to nothing more, each with the reason. Reading is here as a whole; every other verb on a resource has to be
 * here or in `STEPS`, so that a resource of a new Kubernetes version is not forgotten.
 */
export const HARMLESS: readonly Harmless[] = [
  {
    on: [on('*', '*', '*/status', '*/scale'), on(CORE, 'pods/ephemeralcontainers', 'pods/resize')],
    verbs: GET,
    reason: 'It shows what exists. The values of Secrets, and what pods print, are steps of their own.',
  },
  {
    on: [on('certificates.k8s.io', 'certificatesigningrequests/approval')],
    verbs: GET,
    reason: 'It shows a request for a certificate, whose private key it does not contain.',
  },
  {
    on: [on(CORE, 'nodes/metrics', 'nodes/stats', 'nodes/spec')],
    verbs: ['get', 'create', 'update', 'patch', 'delete'],
    reason: 'The kubelet answers with figures only.',
  },
  {
    on: [
      on(CORE, 'configmaps', 'endpoints', 'namespaces', 'persistentvolumeclaims', 'pods', 'podtemplates'),
      on(CORE, 'replicationcontrollers', 'secrets', 'serviceaccounts', 'services'),
      on('apps', 'controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'),
      on('batch', 'cronjobs', 'jobs'),
      on('discovery.k8s.io', 'endpointslices'),
      on('networking.k8s.io', 'ingresses', 'ingressclasses'),
      on('resource.k8s.io', 'resourceclaims', 'resourceclaimtemplates', 'podschedulingcontexts'),
      on('resource.k8s.io', 'resourceclaimparameters', 'resourceclassparameters'),
      on('lifecycle.k8s.io', 'evictionrequests', 'evictions'),
      on('apiextensions.k8s.io', 'customresourcedefinitions'),
      on('apiregistration.k8s.io', 'apiservices'),
      on('certificates.k8s.io', 'clustertrustbundles'),
      on('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'validatingwebhookconfigurations'),
      on('admissionregistration.k8s.io', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'),
      on('rbac.authorization.k8s.io', 'roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'),
    ],
    verbs: DELETE,
    reason: 'It takes something away from others and gives nothing to whoever deletes.',
  },
  {
    on: [on(CORE, 'namespaces')],
    verbs: ['create'],
    reason: 'A new namespace gives nobody a permission in it.',
  },
  {
    on: [on('rbac.authorization.k8s.io', 'roles', 'rolebindings', 'clusterroles', 'clusterrolebindings')],
    verbs: CHANGE,
    reason: 'Without bind or escalate, the API server refuses permissions that one does not have, also by aggregation.',
  },
  {
    on: [on('rbac.authorization.k8s.io', 'roles', 'clusterroles')],
    verbs: ['bind', 'escalate'],
    reason: 'Without permission to write roles or bindings it has no effect.',
  },
  {
    on: [on(CORE, 'groups'), on('authentication.k8s.io', 'userextras', 'uids')],
    verbs: ['impersonate'],
    reason: 'Kubernetes refuses to impersonate a group, a UID or an extra field without a user.',
  },
  {
    on: [on('authentication.k8s.io', 'users', 'groups', 'uids', 'userextras')],
    verbs: ['impersonate:user-info'],
    reason: 'Users without groups have no permission, and groups need a user.',
  },
  {
    on: [on('authentication.k8s.io', 'nodes')],
    verbs: ['impersonate:associated-node'],
    reason: "It needs a node's name in the token, which the token of a person does not carry.",
  },
  {
    on: [
      on(CORE, 'replicationcontrollers/scale'),
      on('apps', 'deployments/scale', 'replicasets/scale', 'statefulsets/scale'),
      on('autoscaling', 'horizontalpodautoscalers'),
    ],
    verbs: [...WRITE],
    reason: 'It changes how many pods run, not what they are.',
  },
  {
    on: [on(CORE, 'pods/resize', 'limitranges', 'resourcequotas', 'resourcequotas/status')],
    verbs: WRITE,
    reason: 'It changes how much pods may use, not what they are.',
  },
  {
    on: [
      on('policy', 'poddisruptionbudgets', 'poddisruptionbudgets/status'),
      on('scheduling.k8s.io', 'priorityclasses', 'podgroups', 'podgroups/status', 'workloads'),
      on('scheduling.k8s.io', 'compositepodgroups', 'compositepodgroups/status'),
    ],
    verbs: WRITE,
    reason: 'It changes when and in which order pods run or stop, not what they are.',
  },
  {
    on: [
      on(CORE, 'replicationcontrollers/status'),
      on('apps', 'daemonsets/status', 'deployments/status', 'replicasets/status', 'statefulsets/status'),
      on('batch', 'cronjobs/status', 'jobs/status'),
      on('autoscaling', 'horizontalpodautoscalers/status'),
      on('admissionregistration.k8s.io', 'validatingadmissionpolicies/status'),
      on('storagemigration.k8s.io', 'storageversionmigrations/status'),
      on('internal.apiserver.k8s.io', 'storageversions/status'),
      on('certificates.k8s.io', 'certificatesigningrequests/status'),
    ],
    verbs: ['update', 'patch'],
    reason:
      'A status describes; the controller that owns it writes it again. A certificate needs the permission sign too.',
  },
  {
    on: [on('certificates.k8s.io', 'certificatesigningrequests')],
    verbs: WRITE,
    reason: 'A request for a certificate has no effect until somebody approves it.',
  },
  {
    on: [on('certificates.k8s.io', 'certificatesigningrequests/approval')],
    verbs: ['update', 'patch'],
    reason: 'Without the permission approve for a signer, the API server refuses it.',
  },
  {
    on: [on('admissionregistration.k8s.io', 'validatingadmissionpolicies', 'validatingadmissionpolicybindings')],
    verbs: ['create'],
    reason: 'A validating policy refuses requests and changes none.',
  },
  {
    on: [on(CORE, 'events'), on('events.k8s.io', 'events')],
    verbs: WRITE,
    reason: 'An event is a message to people.',
  },
  {
    on: [on('networking.k8s.io', 'networkpolicies')],
    verbs: WRITE,
    reason: 'It opens or closes connections between pods. A connection is no permission in Kubernetes.',
  },
  {
    on: [on('networking.k8s.io', 'servicecidrs', 'servicecidrs/status', 'ipaddresses')],
    verbs: WRITE,
    reason: 'It allots addresses of new Services and moves none that is in use.',
  },
  {
    on: [on('coordination.k8s.io', 'leases', 'leasecandidates')],
    verbs: WRITE,
    reason: 'It stops or starts a controller and gives none of its permissions.',
  },
  {
    on: [
      on('flowcontrol.apiserver.k8s.io', 'flowschemas', 'flowschemas/status'),
      on('flowcontrol.apiserver.k8s.io', 'prioritylevelconfigurations', 'prioritylevelconfigurations/status'),
    ],
    verbs: WRITE,
    reason: 'It changes which requests wait, not what they may do.',
  },
  {
    on: [
      on('storage.k8s.io', 'csistoragecapacities', 'volumeattributesclasses'),
      on('storagemigration.k8s.io', 'storageversionmigrations'),
      on('internal.apiserver.k8s.io', 'storageversions'),
      on('resource.k8s.io', 'resourcepoolstatusrequests', 'resourcepoolstatusrequests/status'),
    ],
    verbs: WRITE,
    reason: 'It describes storage or devices and contains no data of pods.',
  },
  {
    on: [
      on('authentication.k8s.io', 'tokenreviews', 'selfsubjectreviews'),
      on('authorization.k8s.io', 'localsubjectaccessreviews', 'selfsubjectaccessreviews'),
      on('authorization.k8s.io', 'selfsubjectrulesreviews', 'subjectaccessreviews'),
    ],
    verbs: ['create'],
    reason: 'It asks who somebody is or what they may do, and changes nothing.',
  },
];
