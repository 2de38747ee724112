import { problemsWith } from '../../../access-files';

const SOURCE = 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/';

const problemsOf = (...logins: readonly string[]) => problemsWith({ groups: { 'eks-admins': { logins } } });

const repeated = (index: number, at: number, given: string) => ({
  path: `groups.eks-admins.logins[${index}]`,
  check: 'logins',
  message: `The person is in the list already, at ${at}. Okta ignores the case of a login.`,
  given,
  allowed: 'each person once',
  fix: 'Remove one of the two.',
  source: SOURCE,
});

describe('logins', () => {
  test('fails for what is no login, at its place', () => {
    expect(problemsOf('ana@example.com', 'ana')).toEqual([
      {
        path: 'groups.eks-admins.logins[1]',
        check: 'logins',
        message: 'This is not a valid login of an Okta user.',
        given: "'ana'",
        allowed: 'an email address of 5 to 100 characters, without white space, quotes, backslashes or braces',
        fix: 'Use the login in the Okta profile of the user, such as ana@example.com.',
        source: SOURCE,
      },
    ]);
  });

  test('fails for a person who is in the list already, in any case of letters', () => {
    expect(problemsOf('ben@example.com', 'ana@example.com', 'Ana@Example.com', 'ana@example.com')).toEqual([
      repeated(2, 2, "'Ana@Example.com'"),
      repeated(3, 2, "'ana@example.com'"),
    ]);
  });

  test('allows a person in two groups', () => {
    const logins = ['ana@example.com', 'ben@example.com'];

    expect(problemsWith({ groups: { 'eks-admins': { logins }, 'eks-ops': { logins } } })).toEqual([]);
  });
});
