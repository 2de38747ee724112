import { TerraformVariable } from 'cdktf';
import { AdmissionGuard, type AdmissionGuardProps } from '../../../constructs/kubernetes/admission-guard';
import { GroupSubject } from '../../../constructs/kubernetes/group-subject';
import { controllerAccounts } from '../../../rbac';
import { type StackJson, synthesizedConstructs } from '../../synthesized';
import { constructError } from '../construct-error';
import { EXEMPT, guardResources } from './guards';

const TYPE = 'kubernetes_manifest';

const guard = (props: Partial<AdmissionGuardProps> = {}) =>
  synthesizedConstructs(
    (stack) =>
      new AdmissionGuard(stack, 'Guard', {
        name: 'oidc-things',
        subjects: [new GroupSubject('eks-admins')],
        resources: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['things'] }],
        action: 'delete things',
        ...props,
      }),
  );

/** The spec of the policy. */
function policyOf(stack: StackJson) {
  return guardResources(stack)[0]?.manifest.spec;
}

describe('AdmissionGuard', () => {
  test('is a policy and a binding that waits for it, and nothing else is made', () => {
    const stack = guard();

    const [policyName] = Object.entries(stack.resource?.[TYPE] ?? {}).flatMap(([name, { manifest }]) =>
      manifest.kind === 'ValidatingAdmissionPolicy' ? [name] : [],
    );
    expect(guardResources(stack)).toEqual([
      {
        manifest: {
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: 'ValidatingAdmissionPolicy',
          metadata: { name: 'oidc-things' },
          spec: {
            failurePolicy: 'Fail',
            matchConstraints: {
              resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['things'] }],
            },
            matchConditions: EXEMPT,
            validations: [
              {
                expression: 'request.userInfo.groups.exists(group, group in ["okta:eks-admins"])',
                messageExpression: '"Only members of okta:eks-admins, break-glass may delete things"',
                reason: 'Forbidden',
              },
            ],
          },
        },
        field_manager: { force_conflicts: true },
      },
      {
        manifest: {
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: 'ValidatingAdmissionPolicyBinding',
          metadata: { name: 'oidc-things' },
          spec: { policyName: 'oidc-things', validationActions: ['Deny'] },
        },
        field_manager: { force_conflicts: true },
        depends_on: [`${TYPE}.${policyName}`],
      },
    ]);
    expect(Object.keys(stack.resource ?? {})).toEqual([TYPE]);
  });

  test('has no null anywhere, which the provider would send', () => {
    expect(JSON.stringify(guard().resource)).not.toContain('null');
  });

  test('lets members pass, sorted and each once, groups of service accounts among them', () => {
    const policy = policyOf(
      guard({
        subjects: ['b', 'a', 'b'].map((group) => new GroupSubject(group)),
        serviceAccountGroups: ['system:serviceaccounts:cert-manager', 'system:serviceaccounts'],
      }),
    );

    const members = ['okta:a', 'okta:b', 'system:serviceaccounts', 'system:serviceaccounts:cert-manager'];
    expect(policy.validations).toEqual([
      {
        expression: `request.userInfo.groups.exists(group, group in ${JSON.stringify(members)})`,
        messageExpression: `"Only members of ${members.join(', ')}, break-glass may delete things"`,
        reason: 'Forbidden',
      },
    ]);
  });

  test('without members lets nobody pass but break-glass access', () => {
    const [validation] = policyOf(guard({ subjects: [] })).validations;

    expect(validation.expression).toBe('request.userInfo.groups.exists(group, group in [])');
    expect(validation.messageExpression).toBe('"Only members of break-glass may delete things"');
  });

  test('exempts users by the start of their names, sorted and each once', () => {
    const usersStartingWith = ['arn:aws:sts::1:assumed-role/b/', 'arn:aws:sts::1:assumed-role/a/'];

    const { matchConditions } = policyOf(guard({ usersStartingWith: [...usersStartingWith, ...usersStartingWith] }));

    const sorted = '["arn:aws:sts::1:assumed-role/a/","arn:aws:sts::1:assumed-role/b/"]';
    expect(matchConditions).toEqual([
      ...EXEMPT,
      {
        name: 'not-an-exempt-user',
        expression: `!${sorted}.exists(start, request.userInfo.username.startsWith(start))`,
      },
    ]);
  });

  test("warns instead in the mode 'warn'", () => {
    const [policy, binding] = guardResources(guard({ mode: 'warn' }));

    expect(policy).toEqual(guardResources(guard())[0]);
    expect(binding?.manifest.spec.validationActions).toEqual(['Warn', 'Audit']);
  });

  describe('with exempt service accounts', () => {
    const conditions = (kubernetesVersion?: string) =>
      policyOf(guard({ exemptServiceAccounts: ['kube-system/karpenter', 'tools/ci'], kubernetesVersion }))
        .matchConditions as { name: string; expression: string }[];
    const groups = (name: string) => conditions(name).find((one) => one.name === 'not-an-exempt-group')?.expression;

    test('lets those pass, and the controllers, instead of every one of kube-system', () => {
      const [, , group, accounts, ...others] = conditions();

      expect(group?.expression).not.toContain('system:serviceaccounts:kube-system');
      expect(accounts?.name).toBe('not-an-exempt-service-account');
      const [, users = ''] = /^!\(request\.userInfo\.username in (.*)\)$/.exec(accounts?.expression ?? '') ?? [];
      expect(JSON.parse(users)).toEqual(
        [
          ...controllerAccounts().map((name) => `system:serviceaccount:kube-system:${name}`),
          'system:serviceaccount:kube-system:karpenter',
          'system:serviceaccount:tools:ci',
        ].sort(),
      );
      expect(others).toEqual([]);
    });

    test('lets every one of kube-system pass on a version whose controllers are not known', () => {
      expect(groups('1.99')).toContain('"system:serviceaccounts:kube-system"');
      expect(groups('1.37')).not.toContain('system:serviceaccounts:kube-system');
      expect(conditions('1.99').map(({ name }) => name)).toContain('not-an-exempt-service-account');
    });

    test('lets only the controllers pass with an empty list', () => {
      const { matchConditions } = policyOf(guard({ exemptServiceAccounts: [] }));

      expect(JSON.stringify(matchConditions)).toContain('system:serviceaccount:kube-system:job-controller');
      expect(JSON.stringify(matchConditions)).not.toContain('system:serviceaccounts:kube-system');
    });
  });

  test.each(['karpenter', 'kube-system:karpenter', 'kube-system/', '/a', 'a/b/c', 'A/b', 'a/b\n'])(
    'fails for %j as a service account',
    (account) => {
      expect(() => guard({ exemptServiceAccounts: [account] })).toThrow('This is not a service account.');
    },
  );

  test('looks only at the namespace that it is for', () => {
    const policy = policyOf(guard({ namespace: 'team-a' }));

    expect(policy.matchConstraints.namespaceSelector).toEqual({
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['team-a'] }],
    });
  });

  test('lets everyone do what unless allows, and adds the detail to its message', () => {
    const policy = policyOf(
      guard({ variables: { kind: 'object.kind' }, unless: 'variables.kind == "a"', detail: 'variables.kind' }),
    );

    expect(policy.variables).toEqual([{ name: 'kind', expression: 'object.kind' }]);
    expect(policy.validations).toEqual([
      {
        expression: 'request.userInfo.groups.exists(group, group in ["okta:eks-admins"]) || variables.kind == "a"',
        messageExpression: '"Only members of okta:eks-admins, break-glass may delete things" + variables.kind',
        reason: 'Forbidden',
      },
    ]);
  });

  test('writes the names of groups so that they cannot end a text', () => {
    const [validation] = policyOf(guard({ subjects: [new GroupSubject('a"] || true || "\\')] })).validations;

    expect(validation.expression).toBe(
      String.raw`request.userInfo.groups.exists(group, group in ["okta:a\"] || true || \"\\"])`,
    );
  });

  test("fails for a subject that is one of Kubernetes' own", () => {
    expect(() => guard({ subjects: [new GroupSubject('system:authenticated', '')] })).toThrow(
      constructError(
        'test/Guard',
        'In Kubernetes, this group would become a reserved group, such as system:masters.',
        "Given: 'system:authenticated'.",
        "Allowed: a prefix and group that together do not start with 'system:'.",
        'Fix: Rename the group, or set a prefix such as okta:.',
      ),
    );
  });

  test.each(['system:authenticated', 'okta:eks-admins', 'system:serviceaccounts:', ''])(
    'fails for %j as a group of service accounts',
    (group) => {
      expect(() => guard({ serviceAccountGroups: [group] })).toThrow(
        constructError(
          'test/Guard',
          'This is not a group of service accounts.',
          `Given: '${group}'.`,
          'Allowed: system:serviceaccounts, or system:serviceaccounts:<namespace>.',
          'Fix: Add an Okta group to the subjects instead.',
        ),
      );
    },
  );

  test.each([
    '',
    '/',
    'arn:aws:sts::1:assumed-role/deployer',
    'arn:aws:sts::1:assumed-role/',
    'arn:aws:sts::1:assumed-role//',
  ])('fails for %j as the start of user names, which others start with as well', (start) => {
    expect(() => guard({ usersStartingWith: [start] })).toThrow(
      constructError(
        'test/Guard',
        'The guard would also let other users pass whose names start like this.',
        `Given: '${start}'.`,
        'Allowed: a start of user names that ends with /, and for an IAM role includes its name.',
        'Fix: For an IAM role, use arn:aws:sts::<account>:assumed-role/<role>/.',
      ),
    );
  });

  test('takes what only Terraform knows', () => {
    const stack = synthesizedConstructs((scope) => {
      const text = (name: string) => new TerraformVariable(scope, name, {}).stringValue;
      new AdmissionGuard(scope, 'Guard', {
        name: 'oidc-things',
        subjects: [new GroupSubject(text('group'))],
        serviceAccountGroups: [text('accounts')],
        usersStartingWith: [text('users')],
        resources: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['things'] }],
        action: 'delete things',
      });
    });

    const { matchConditions, validations } = policyOf(stack);
    expect(matchConditions.at(-1).expression).toContain('["${var.users}"]');
    expect(validations[0].expression).toMatch(/"okta:\$\{var\.group\}"/);
    expect(validations[0].expression).toMatch(/"\$\{var\.accounts\}"/);
  });
});
