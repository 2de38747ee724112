import { parse, parseAllDocuments } from 'yaml';
import { userGuard } from '../../../operate/revoke/user-guard';
import { validationRule } from '../../../operate/revoke/validation-rule';

const NAME = 'okta:ana"b\\c@example.com';

test('has a policy for every request of exactly this user, and its binding', () => {
  const [policy, binding] = parseAllDocuments(userGuard(NAME)).map((document) => document.toJS());

  expect(policy.spec).toMatchObject({
    failurePolicy: 'Fail',
    matchConstraints: {
      resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*'] }],
    },
    matchConditions: [{ name: 'is-the-user', expression: `request.userInfo.username == ${JSON.stringify(NAME)}` }],
    validations: [{ expression: 'false' }],
  });
  expect(binding.spec).toEqual({ policyName: policy.metadata.name, validationActions: ['Deny'] });
  expect(binding.metadata.name).toBe(policy.metadata.name);
});

test.each(['okta:ana@example.com', 'äöü', '-', `${'a'.repeat(39)}-${'b'.repeat(300)}`])(
  'has a name that Kubernetes accepts: %s',
  (name) => {
    const { metadata } = parseAllDocuments(userGuard(name))[0]?.toJS() ?? {};

    expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
    expect(metadata.name.length).toBeLessThan(64);
  },
);

test('has another name for each user', () => {
  const nameFor = (name: string) => parseAllDocuments(userGuard(name))[0]?.toJS().metadata.name;

  expect(nameFor('okta:a.b@x.io')).not.toBe(nameFor('okta:a-b@x.io'));
});

test('of an AuthenticationConfiguration is one rule, with the name as a text', () => {
  expect(parse(validationRule(NAME))).toEqual({
    userValidationRules: [
      { expression: `user.username != ${JSON.stringify(NAME)}`, message: 'the access of this user has ended' },
    ],
  });
});
