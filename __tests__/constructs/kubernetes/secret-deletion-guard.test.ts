import { GroupSubject } from '../../../constructs/kubernetes/group-subject';
import { SecretDeletionGuard } from '../../../constructs/kubernetes/secret-deletion-guard';
import { synthesizedConstructs } from '../../synthesized';
import { EXEMPT, guardResources } from './guards';

describe('SecretDeletionGuard', () => {
  test('lets only its members delete Secrets, everywhere', () => {
    const stack = synthesizedConstructs(
      (scope) =>
        new SecretDeletionGuard(scope, 'SecretDeletion', {
          subjects: [new GroupSubject('eks-admins')],
          serviceAccountGroups: ['system:serviceaccounts:cert-manager'],
        }),
    );

    expect(guardResources(stack).map(({ manifest }) => manifest)).toEqual([
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'oidc-secret-deletion' },
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: {
            resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['secrets'] }],
          },
          matchConditions: EXEMPT,
          validations: [
            {
              expression:
                'request.userInfo.groups.exists(group, group in ' +
                '["okta:eks-admins","system:serviceaccounts:cert-manager"])',
              messageExpression:
                '"Only members of okta:eks-admins, system:serviceaccounts:cert-manager, break-glass may delete Secrets"',
              reason: 'Forbidden',
            },
          ],
        },
      },
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: 'oidc-secret-deletion' },
        spec: { policyName: 'oidc-secret-deletion', validationActions: ['Deny'] },
      },
    ]);
  });
});
