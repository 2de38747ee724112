import { problemsWith } from '../../../access-files';

const problemsOf = (group: Record<string, unknown>) => problemsWith({ groups: { 'eks-admins': group } });

describe('logins-and-rule', () => {
  test.each([
    [['ana@example.com', 'ben@example.com'], '2 logins and a rule'],
    [[], '0 logins and a rule'],
  ])('fails for a group with a rule and the logins %j', (logins, given) => {
    expect(problemsOf({ logins, rule: 'user.department == "Platform"' })).toEqual([
      {
        path: 'groups.eks-admins',
        check: 'logins-and-rule',
        message: 'The group has logins and a rule, which undo each other.',
        given,
        allowed: 'either logins or a rule',
        fix: 'Remove one of the two.',
        source: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/GroupRule/',
      },
    ]);
  });

  test.each([{}, { logins: [] }, { logins: ['ana@example.com'] }, { rule: 'true' }])('allows %j', (group) => {
    expect(problemsOf(group)).toEqual([]);
  });
});
