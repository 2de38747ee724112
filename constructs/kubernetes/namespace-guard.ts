import { Construct } from 'constructs';
import { validateName } from '../validate-name';
import { AdmissionGuard, type GuardedResources, type GuardMembers } from './admission-guard';

export interface NamespaceGuardProps extends GuardMembers {
  /** Name of the namespace, which may exist already: 1 to 63 lowercase letters, digits and `-`. */
  readonly namespace: string;
  /**
   * Starts of user names that the guard lets pass, each ending with `/`, such as the sessions of Terraform's IAM role:
   * `arn:aws:sts::111122223333:assumed-role/deployer/`.
   * @default - none
   */
  readonly usersStartingWith?: readonly string[];
}

/** A guard that lets only its members change anything in a namespace, including itself, or connect to its pods. */
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
    });
  }
}

const EVERYTHING = { apiVersions: ['*'], operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] } as const;

/** Everything in the namespaces that a guard selects, and the namespaces themselves. */
// A namespace selector also matches what is in no namespace: without the scope, nodes would be guarded, too.
export const EVERYTHING_IN_NAMESPACE: readonly GuardedResources[] = [
  { ...EVERYTHING, apiGroups: ['*'], resources: ['*/*'], scope: 'Namespaced' },
  { ...EVERYTHING, apiGroups: [''], resources: ['namespaces', 'namespaces/*'], scope: 'Cluster' },
];
