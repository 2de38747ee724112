import { type Arguments, resources, type StackJson } from '../../synthesized';

/** Every `kubernetes_manifest`, policies before bindings: addresses carry a hash, which orders them anyhow. */
export function guardResources(stack: StackJson): Arguments[] {
  const place = ({ manifest }: Arguments) => `${manifest.kind} ${manifest.metadata.name}`;
  return resources(stack, 'kubernetes_manifest').sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** What the guards of namespaces check that is in no namespace, and why it is refused, as a part of their messages. */
export const ON_THE_CLUSTER = {
  rules: [
    {
      apiGroups: ['apiextensions.k8s.io'],
      apiVersions: ['*'],
      operations: ['DELETE'],
      resources: ['customresourcedefinitions'],
      scope: 'Cluster',
    },
    { apiGroups: [''], apiVersions: ['*'], operations: ['CONNECT'], resources: ['nodes/proxy'], scope: 'Cluster' },
  ],
  detail:
    ' + (request.resource.resource == "customresourcedefinitions" ? ' +
    '"; a CustomResourceDefinition is deleted with its objects in every namespace" : ' +
    'request.resource.resource == "nodes" ? "; a kubelet connects to pods of every namespace" : "")',
};

/** What each guard leaves out: the control plane, EKS, nodes, kube-system and break-glass access. */
export const EXEMPT = [
  {
    name: 'not-the-control-plane',
    expression:
      '!(request.userInfo.username in ["system:apiserver","system:cloud-controller-manager",' +
      '"system:kube-controller-manager","system:kube-scheduler"])',
  },
  { name: 'not-eks', expression: '!request.userInfo.username.matches("^eks:[a-z][a-z0-9-]*$")' },
  {
    name: 'not-an-exempt-group',
    expression:
      '!request.userInfo.groups.exists(group, group in ' +
      '["break-glass","eks:service-operations","system:nodes","system:serviceaccounts:kube-system"])',
  },
];
