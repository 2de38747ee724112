import { GroupSubject } from '../../../constructs/kubernetes/group-subject';
import { NamespaceGuard } from '../../../constructs/kubernetes/namespace-guard';
import { synthesizedConstructs } from '../../synthesized';
import { constructError } from '../construct-error';
import { EXEMPT, guardResources, ON_THE_CLUSTER } from './guards';

const guard = (namespace: string) =>
  synthesizedConstructs(
    (scope) =>
      new NamespaceGuard(scope, 'NamespaceGuard', {
        namespace,
        subjects: [new GroupSubject('eks-admins')],
        usersStartingWith: ['arn:aws:sts::111122223333:assumed-role/deployer/'],
      }),
  );

describe('NamespaceGuard', () => {
  test('lets only its members and the exempt users change or connect to anything in the namespace, or to itself', () => {
    const everything = { apiVersions: ['*'], operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] };

    const manifests = guardResources(guard('team-a')).map(({ manifest }) => manifest);

    expect(manifests).toEqual([
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'oidc-namespace-team-a' },
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: {
            resourceRules: [
              { ...everything, apiGroups: ['*'], resources: ['*/*'], scope: 'Namespaced' },
              { ...everything, apiGroups: [''], resources: ['namespaces', 'namespaces/*'], scope: 'Cluster' },
              ...ON_THE_CLUSTER.rules,
            ],
            namespaceSelector: {
              matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['team-a'] }],
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
              expression: 'request.userInfo.groups.exists(group, group in ["okta:eks-admins"])',
              messageExpression:
                '"Only members of okta:eks-admins, break-glass may change or connect to anything in the namespace team-a"' +
                ON_THE_CLUSTER.detail,
              reason: 'Forbidden',
            },
          ],
        },
      },
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: 'oidc-namespace-team-a' },
        spec: { policyName: 'oidc-namespace-team-a', validationActions: ['Deny'] },
      },
    ]);
  });

  test('fails for a name that no namespace has', () => {
    expect(() => guard('Team')).toThrow(
      constructError(
        'test/NamespaceGuard',
        'This is not a valid name for a Kubernetes namespace.',
        "Given: 'Team', 4 characters.",
        'Allowed: 1 to 63 characters, lowercase letters, digits and -, starting and ending with a letter or digit.',
        'Fix: Use only the allowed characters.',
      ),
    );
  });
});
