import { GroupSubject } from '../../../constructs/kubernetes/group-subject';
import { SystemNamespacesGuard } from '../../../constructs/kubernetes/system-namespaces-guard';
import { synthesizedConstructs } from '../../synthesized';
import { EXEMPT, guardResources, ON_THE_CLUSTER } from './guards';

const SYSTEM = ['kube-node-lease', 'kube-public', 'kube-system'];

describe('SystemNamespacesGuard', () => {
  test('lets only its members and the exempt users change or connect to anything in the namespaces of Kubernetes', () => {
    const everything = { apiVersions: ['*'], operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] };

    const stack = synthesizedConstructs(
      (scope) =>
        new SystemNamespacesGuard(scope, 'SystemNamespacesGuard', {
          subjects: [new GroupSubject('eks-admins')],
          serviceAccountGroups: ['system:serviceaccounts:cert-manager'],
          usersStartingWith: ['arn:aws:sts::111122223333:assumed-role/deployer/'],
        }),
    );

    expect(guardResources(stack).map(({ manifest }) => manifest)).toEqual([
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'oidc-system-namespaces' },
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: {
            resourceRules: [
              { ...everything, apiGroups: ['*'], resources: ['*/*'], scope: 'Namespaced' },
              { ...everything, apiGroups: [''], resources: ['namespaces', 'namespaces/*'], scope: 'Cluster' },
              ...ON_THE_CLUSTER.rules,
            ],
            namespaceSelector: {
              matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: SYSTEM }],
            },
          },
          matchConditions: [
            ...EXEMPT,
            {
              name: 'not-an-exempt-user',
              expression:
                '!["arn:aws:sts::111122223333:assumed-role/deployer/"]' +
                '.exists(start, request.userInfo.username.startsWith(start))',
            },
          ],
          validations: [
            {
              expression:
                'request.userInfo.groups.exists(group, group in ["okta:eks-admins","system:serviceaccounts:cert-manager"])',
              messageExpression:
                '"Only members of okta:eks-admins, system:serviceaccounts:cert-manager, break-glass may change or ' +
                'connect to anything in kube-node-lease, kube-public, kube-system"' +
                ON_THE_CLUSTER.detail,
              reason: 'Forbidden',
            },
          ],
        },
      },
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: 'oidc-system-namespaces' },
        spec: { policyName: 'oidc-system-namespaces', validationActions: ['Deny'] },
      },
    ]);
  });
});
