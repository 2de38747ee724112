import { problemsWith } from '../../../access-files';

const withRule = (rule: string) => ({ groups: { 'eks-admins': { rule } } });

describe('group-rules', () => {
  test('refuses a rule that Okta cannot read, with line and column', () => {
    expect(problemsWith(withRule('user.department == "Eng" AND'))).toEqual([
      {
        path: 'groups.eks-admins.rule',
        check: 'group-rules',
        message: 'Okta cannot read this group rule: the expression ends after AND (line 1, column 29).',
        given: `'user.department == "Eng" AND'`,
        allowed: 'an expression of the Okta Expression Language, such as user.department == "Platform"',
        fix: 'Correct the expression at line 1, column 29.',
        source: 'https://developer.okta.com/docs/reference/okta-expression-language/',
      },
    ]);
  });

  test('reports every part that Okta refuses', () => {
    const problems = problemsWith(withRule('profile.a == 1 AND appuser.b == 2'));

    expect(problems.map(({ check, fix }) => [check, fix])).toEqual([
      ['group-rules', 'Write user.a, or put a text in quotes.'],
      ['group-rules', 'Compare an attribute of the user, such as user.b, to which you map it.'],
    ]);
  });

  test.each(['user.isAdmin == TRUE ? true : false', 'Convert.toInt(user.floor) > 3', 'true'])('allows %s', (rule) => {
    expect(problemsWith(withRule(rule))).toEqual([]);
  });
});
