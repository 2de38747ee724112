import { Construct } from 'constructs';
import { SYSTEM_NAMESPACES } from '../../constraints/kubernetes/initial-namespaces';
import { AdmissionGuard, type GuardProps } from './admission-guard';
import { EVERYTHING_IN_NAMESPACE, ON_THE_CLUSTER } from './namespace-guard';

export interface SystemNamespacesGuardProps extends GuardProps {}

/**
 * A guard that lets only its members change anything in the namespaces of Kubernetes itself, including these namespaces,
 * or connect to their pods. Only they can delete CustomResourceDefinitions, and connect to kubelets through the API server.
 * A role that runs workloads in every namespace then does not lead to the service accounts of the control plane. It
 * refuses no reads and no impersonation, and does not see who connects to a kubelet directly. Add-ons of other namespaces that write there, such as
 * controllers with a Lease in `kube-system`, need their group of service accounts in `serviceAccountGroups`.
 */
export class SystemNamespacesGuard extends Construct {
  constructor(scope: Construct, id: string, props: SystemNamespacesGuardProps) {
    super(scope, id);
    new AdmissionGuard(this, 'Guard', {
      ...props,
      name: 'oidc-system-namespaces',
      namespace: SYSTEM_NAMESPACES,
      resources: EVERYTHING_IN_NAMESPACE,
      action: `change or connect to anything in ${SYSTEM_NAMESPACES.join(', ')}`,
      detail: ON_THE_CLUSTER,
    });
  }
}
