import { Construct } from 'constructs';
import { AdmissionGuard, type GuardMembers } from './admission-guard';

export interface SecretDeletionGuardProps extends GuardMembers {}

/**
 * Only the named groups delete Secrets, one by one or together. A namespace is deleted with its Secrets all the same:
 * Kubernetes itself removes them then.
 */
export class SecretDeletionGuard extends Construct {
  constructor(scope: Construct, id: string, props: SecretDeletionGuardProps) {
    super(scope, id);
    new AdmissionGuard(this, 'Guard', {
      ...props,
      name: 'oidc-secret-deletion',
      resources: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['secrets'] }],
      action: 'delete Secrets',
    });
  }
}
