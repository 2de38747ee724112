import { createHash } from 'node:crypto';
import { yamlText } from '../../sign-in/api-server-flags/yaml-text';

/**
 * An admission policy with its binding, in YAML, that refuses every change and connection of one user, whatever RBAC allows.
 * It acts within seconds of `kubectl apply`. It refuses no reads, and holds nobody whom the user becomes.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function userGuard(userName: string): string {
  const name = guardName(userName);
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*'] }],
      },
      // Everybody else passes before anything is evaluated.
      matchConditions: [
        { name: 'is-the-user', expression: `request.userInfo.username == ${JSON.stringify(userName)}` },
      ],
      validations: [{ expression: 'false', message: 'The access of this user has ended', reason: 'Forbidden' }],
    },
  };
  const binding = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'] },
  };
  return `${yamlText(policy, [])}---\n${yamlText(binding, [])}`;
}

/** A name for the policy: that of the user as far as Kubernetes accepts it, and different for each user. */
function guardName(userName: string): string {
  const letters = userName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
    .replace(/-$/, '');
  const digest = createHash('sha256').update(userName).digest('hex').slice(0, 8);
  return ['ended', letters, digest].filter((part) => part !== '').join('-');
}
