import { Construct } from 'constructs';
import { AdmissionGuard, type GuardMembers } from './admission-guard';

export interface SecretDeletionGuardProps extends GuardMembers {}

/**
 * A guard that lets only its members delete Secrets, one by one or as a collection. It does not stop the deletion of a
 * namespace, with which Kubernetes itself removes the Secrets.
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
