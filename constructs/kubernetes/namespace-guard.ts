import { Construct } from 'constructs';
import { validateName } from '../validate-name';
import { AdmissionGuard, type GuardedResources, type GuardMembers } from './admission-guard';

export interface NamespaceGuardProps extends GuardMembers {
  /** Name of the namespace, which may be there already. */
  readonly namespace: string;
  /**
   * Starts of the names of users who pass, each with / at its end, such as the sessions of Terraform's own IAM role:
   * `arn:aws:sts::111122223333:assumed-role/deployer/`.
   * @default - none
   */
  readonly usersStartingWith?: readonly string[];
}

/** Only the named groups change anything in a namespace, the namespace itself included, or connect to its pods. */
export class NamespaceGuard extends Construct {
  constructor(scope: Construct, id: string, props: NamespaceGuardProps) {
    super(scope, id);
    const { namespace } = props;
    validateName(this, 'namespace', namespace);

    new AdmissionGuard(this, 'Guard', {
      ...props,
      name: `oidc-namespace-${namespace}`,
      resources: GUARDED,
      action: `change or connect to anything in the namespace ${namespace}`,
    });
  }
}

const EVERYTHING = { apiVersions: ['*'], operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] } as const;

// A selector of namespaces exempts nothing that is in none: without the scope, nodes and roles would be guarded too.
const GUARDED: readonly GuardedResources[] = [
  { ...EVERYTHING, apiGroups: ['*'], resources: ['*/*'], scope: 'Namespaced' },
  { ...EVERYTHING, apiGroups: [''], resources: ['namespaces', 'namespaces/*'], scope: 'Cluster' },
];
