import { warningsWith } from '../../../access-files';

const withRule = (rule: string) => ({ groups: { 'eks-admins': { rule } } });

describe('doubtful-group-rules', () => {
  test('warns about a function that Okta documents for other expressions', () => {
    expect(warningsWith('doubtful-group-rules', withRule('Convert.toInt(user.floor) > 3'))).toEqual([
      {
        path: 'groups.eks-admins.rule',
        check: 'doubtful-group-rules',
        message: 'No page of Okta says that a group rule takes Convert.toInt (line 1, column 1).',
        given: "'Convert.toInt(user.floor) > 3'",
        allowed: 'functions that Okta documents for it: String.*, Arrays.*, isMemberOf…',
        fix: 'Try the rule in Okta first, or write it without Convert.toInt.',
        source: 'https://developer.okta.com/docs/reference/okta-expression-language/#conditional-expressions',
      },
    ]);
  });

  test.each(['user.department == "Platform"', 'String.substring(user.department,0,3) == "Eng"', 'true'])(
    'is silent on %s',
    (rule) => {
      expect(warningsWith('doubtful-group-rules', withRule(rule))).toEqual([]);
    },
  );
});
