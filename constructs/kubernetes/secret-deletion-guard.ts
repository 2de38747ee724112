import { Construct } from 'constructs';
import { AdmissionGuard, type GuardProps } from './admission-guard';

export interface SecretDeletionGuardProps extends GuardProps {
  /**
   * Starts of user names that may delete namespaces, and the Secrets in them, but no single Secrets: Terraform deletes
   * namespaces that it created. Each ends with `/`, such as `arn:aws:sts::111122223333:assumed-role/deployer/`.
   * @default - none
   */
  readonly usersStartingWith?: readonly string[];
}

/**
 * A guard that lets only its members delete Secrets: one by one, as a collection, with their namespace, by a change after
 * which a controller deletes the Secret, or by taking its values out. It does not stop who overwrites a value, or who
 * deletes an object that already owns the Secret.
 */
export class SecretDeletionGuard extends Construct {
  constructor(scope: Construct, id: string, props: SecretDeletionGuardProps) {
    super(scope, id);
    const { usersStartingWith, ...guard } = props;
    new AdmissionGuard(this, 'Guard', {
      ...guard,
      name: 'oidc-secret-deletion',
      resources: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE', 'UPDATE'], resources: ['secrets'] }],
      unless: `(request.operation == "UPDATE" && ${KEPT.map((expression) => `(${expression})`).join(' && ')})`,
      action: 'delete Secrets',
      detail: `(request.operation == "UPDATE" ? ${JSON.stringify(OF_UPDATES)} : "")`,
    });
    // A policy of its own: Kubernetes type-checks an expression for every kind that its policy matches.
    new AdmissionGuard(this, 'Namespaces', {
      ...guard,
      usersStartingWith,
      name: 'oidc-secret-deletion-namespaces',
      resources: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['namespaces'] }],
      action: 'delete namespaces, and the Secrets in them',
    });
  }
}

const OF_UPDATES =
  '; an update must keep a value for each key, the ownerReferences, and what a controller reads to delete a token';

/** CEL for what an update must not change, because a controller deletes a Secret of the type by it. */
const unchanged = (type: string, ...paths: readonly string[]) =>
  `oldObject.type != ${JSON.stringify(type)} || ` +
  `[${paths.map((path) => `object${path}`).join(', ')}] == [${paths.map((path) => `oldObject${path}`).join(', ')}]`;

/** CEL for what an update must keep, so that it does not delete the Secret or what is in it. */
const KEPT: readonly string[] = [
  // The garbage collector deletes what has only owners that do not exist.
  'object.metadata.?ownerReferences.orValue([]) == oldObject.metadata.?ownerReferences.orValue([])',
  'oldObject.?data.orValue({}).all(key, key in object.?data.orValue({}) && ' +
    '(size(object.data[key]) > 0 || size(oldObject.data[key]) == 0))',
  unchanged('bootstrap.kubernetes.io/token', '.?data[?"expiration"]'),
  unchanged(
    'kubernetes.io/service-account-token',
    '.metadata.?annotations[?"kubernetes.io/service-account.name"]',
    '.metadata.?annotations[?"kubernetes.io/service-account.uid"]',
    '.metadata.?labels[?"kubernetes.io/legacy-token-last-used"]',
    '.metadata.?labels[?"kubernetes.io/legacy-token-invalid-since"]',
  ),
];
