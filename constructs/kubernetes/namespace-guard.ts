import { Construct } from 'constructs';
import { validateName } from '../validate-name';
import { AdmissionGuard, type GuardedResources, type GuardProps } from './admission-guard';

export interface NamespaceGuardProps extends GuardProps {
  /** Name of the namespace, which may exist already: 1 to 63 lowercase letters, digits and `-`. */
  readonly namespace: string;
}

/**
 * A guard that lets only its members change anything in a namespace, including itself, or connect to its pods. Only they
 * can delete CustomResourceDefinitions, which deletes their objects everywhere, and connect to kubelets through the API
 * server. It does not see who connects to a kubelet directly.
 */
export class NamespaceGuard extends Construct {
  constructor(scope: Construct, id: string, props: NamespaceGuardProps) {
    super(scope, id);
    const { namespace } = props;
    validateName(this, 'namespace', namespace);

    new AdmissionGuard(this, 'Guard', {
      ...props,
      name: `oidc-namespace-${namespace}`,
      resources: EVERYTHING_IN_NAMESPACE,
      action: `change or connect to anything in the namespace ${namespace}`,
      detail: ON_THE_CLUSTER,
    });
  }
}

const EVERYTHING = { apiVersions: ['*'], operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] } as const;

/**
 * Everything in the namespaces that a guard selects, the namespaces themselves, and what reaches into every namespace
 * from outside.
 */
// A namespace selector also matches what is in no namespace: without the scope, all nodes would be guarded, too.
export const EVERYTHING_IN_NAMESPACE: readonly GuardedResources[] = [
  { ...EVERYTHING, apiGroups: ['*'], resources: ['*/*'], scope: 'Namespaced' },
  { ...EVERYTHING, apiGroups: [''], resources: ['namespaces', 'namespaces/*'], scope: 'Cluster' },
  // Which namespaces have objects of a definition is not known when it is deleted.
  {
    ...{ apiGroups: ['apiextensions.k8s.io'], apiVersions: ['*'], operations: ['DELETE'] },
    ...{ resources: ['customresourcedefinitions'], scope: 'Cluster' },
  },
  { apiGroups: [''], apiVersions: ['*'], operations: ['CONNECT'], resources: ['nodes/proxy'], scope: 'Cluster' },
];

/** CEL for the reason why something that is in no namespace is refused. */
export const ON_THE_CLUSTER = `(${[
  `request.resource.resource == "customresourcedefinitions" ? "; a CustomResourceDefinition is deleted with its objects in every namespace"`,
  `request.resource.resource == "nodes" ? "; a kubelet connects to pods of every namespace"`,
  '""',
].join(' : ')})`;
