import { Construct } from 'constructs';
import { SYSTEM_NAMESPACES } from '../../constraints/kubernetes/initial-namespaces';
import { AdmissionGuard, type GuardMembers } from './admission-guard';
import { EVERYTHING_IN_NAMESPACE } from './namespace-guard';

export interface SystemNamespacesGuardProps extends GuardMembers {
  /**
   * Starts of user names that the guard lets pass, each ending with `/`, such as the sessions of Terraform's IAM role:
   * `arn:aws:sts::111122223333:assumed-role/deployer/`.
   * @default - none
   */
  readonly usersStartingWith?: readonly string[];
}

/**
 * A guard that lets only its members change anything in the namespaces of Kubernetes itself, including these namespaces,
 * or connect to their pods. A role that runs workloads in every namespace then does not lead to the service accounts of
 * the control plane. It refuses no reads and no impersonation. Add-ons of other namespaces that write there, such as
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
    });
  }
}
