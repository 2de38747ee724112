import { problemsWith } from '../../../access-files';

const problemsOf = (group: Record<string, unknown>) => problemsWith({ groups: { 'eks-admins': {}, 'eks-x': group } });

const problem = (key: string, message: string, given: string) => ({
  path: `groups.eks-x.${key}`,
  check: 'existing-members',
  message,
  given,
  allowed: 'no logins and no rule beside existing: true',
  fix: 'Remove it: who manages the group in Okta decides who is a member.',
  source: 'https://registry.terraform.io/providers/okta/okta/latest/docs/resources/group_memberships',
});

describe('existing-members', () => {
  test.each([
    ['everyone', [], 'an empty list'],
    ['everyone else', ['ana@example.com'], 'a list of 1'],
  ])('refuses a list, which would remove %s', (who, logins, given) => {
    expect(problemsOf({ existing: true, logins })).toEqual([
      problem('logins', `The list would remove ${who} from a group that is only looked up.`, given),
    ]);
  });

  test('refuses a rule', () => {
    expect(problemsOf({ existing: true, rule: 'user.a' })).toEqual([
      problem('rule', 'The rule would add members to a group that is only looked up.', "'user.a'"),
    ]);
  });

  test.each([{ existing: true }, { logins: [] }, { existing: false, rule: 'user.a' }])('allows %j', (group) => {
    expect(problemsOf(group)).toEqual([]);
  });
});
