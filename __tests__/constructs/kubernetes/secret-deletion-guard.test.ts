import { GroupSubject } from '../../../constructs/kubernetes/group-subject';
import { SecretDeletionGuard } from '../../../constructs/kubernetes/secret-deletion-guard';
import { synthesizedConstructs } from '../../synthesized';
import { EXEMPT, guardResources } from './guards';

const manifests = guardResources(
  synthesizedConstructs(
    (scope) =>
      new SecretDeletionGuard(scope, 'SecretDeletion', {
        subjects: [new GroupSubject('eks-admins')],
        serviceAccountGroups: ['system:serviceaccounts:cert-manager'],
        usersStartingWith: ['arn:aws:sts::111122223333:assumed-role/deployer/'],
      }),
  ),
).map(({ manifest }) => manifest);

/** By these, controllers decide whether they delete the token of a service account. */
const READ_OF_TOKENS = [
  '.metadata.?annotations[?"kubernetes.io/service-account.name"]',
  '.metadata.?annotations[?"kubernetes.io/service-account.uid"]',
  '.metadata.?labels[?"kubernetes.io/legacy-token-last-used"]',
  '.metadata.?labels[?"kubernetes.io/legacy-token-invalid-since"]',
];

const MEMBER =
  'request.userInfo.groups.exists(group, group in ["okta:eks-admins","system:serviceaccounts:cert-manager"])';
const MESSAGE = 'Only members of okta:eks-admins, system:serviceaccounts:cert-manager, break-glass may delete';

describe('SecretDeletionGuard', () => {
  test('lets only its members delete Secrets everywhere, or make an update that does the same', () => {
    const policy = manifests.find(({ metadata }) => metadata.name === 'oidc-secret-deletion');

    expect(policy?.spec).toEqual({
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE', 'UPDATE'], resources: ['secrets'] },
        ],
      },
      matchConditions: EXEMPT,
      validations: [
        {
          expression: [
            `${MEMBER} || (request.operation == "UPDATE"`,
            '(object.metadata.?ownerReferences.orValue([]) == oldObject.metadata.?ownerReferences.orValue([]))',
            '(oldObject.?data.orValue({}).all(key, key in object.?data.orValue({})',
            '(size(object.data[key]) > 0 || size(oldObject.data[key]) == 0)))',
            '(oldObject.type != "bootstrap.kubernetes.io/token" || ' +
              '[object.?data[?"expiration"]] == [oldObject.?data[?"expiration"]])',
            `(oldObject.type != "kubernetes.io/service-account-token" || ${['object', 'oldObject']
              .map((object) => `[${READ_OF_TOKENS.map((path) => `${object}${path}`).join(', ')}]`)
              .join(' == ')}))`,
          ].join(' && '),
          messageExpression:
            `"${MESSAGE} Secrets" + (request.operation == "UPDATE" ? "; an update must keep a value for each key, ` +
            'the ownerReferences, and what a controller reads to delete a token" : "")',
          reason: 'Forbidden',
        },
      ],
    });
  });

  test('lets only its members, and Terraform, delete namespaces', () => {
    const policy = manifests.find(({ metadata }) => metadata.name === 'oidc-secret-deletion-namespaces');

    expect(policy?.spec).toEqual({
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['namespaces'] }],
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
          expression: MEMBER,
          messageExpression: `"${MESSAGE} namespaces, and the Secrets in them"`,
          reason: 'Forbidden',
        },
      ],
    });
  });

  test('is two policies, each with its binding', () => {
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(
      ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].flatMap((kind) =>
        ['oidc-secret-deletion', 'oidc-secret-deletion-namespaces'].map((name) => `${kind} ${name}`),
      ),
    );
  });
});
