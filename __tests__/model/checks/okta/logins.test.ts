import { problemsWith } from '../../../access-files';

const SOURCE = 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/';

const problemsOf = (...logins: readonly string[]) => problemsWith({ groups: { 'eks-admins': { logins } } });

const repeated = (index: number, first: number, given: string) => ({
  path: `groups.eks-admins.logins[${index}]`,
  check: 'logins',
  message: `This is the same login as logins[${first}]: Okta ignores case in logins.`,
  given,
  allowed: 'each login once',
  fix: 'Remove one of the two.',
  source: SOURCE,
});

describe('logins', () => {
  test('fails for an invalid login, at its place', () => {
    expect(problemsOf('ana@example.com', ' ana')).toEqual([
      {
        path: 'groups.eks-admins.logins[1]',
        check: 'logins',
        message: 'Okta has no login like this.',
        given: "' ana'",
        allowed:
          'a login of 1 to 100 characters, without control characters, ${ and %{, and white space at the start or end',
        fix: 'Use the login in the Okta profile of the user, such as ana@example.com.',
        source: SOURCE,
      },
    ]);
  });

  test('fails for a repeated login, ignoring case', () => {
    expect(problemsOf('ben@example.com', 'ana@example.com', 'Ana@Example.com', 'ana@example.com')).toEqual([
      repeated(2, 1, "'Ana@Example.com'"),
      repeated(3, 1, "'ana@example.com'"),
    ]);
  });

  test.each(['jdoe', 'CORP\\jdoe', "o'neil"])('allows %s, which is no email address', (login) => {
    expect(problemsOf(login)).toEqual([]);
  });

  test('allows a user in two groups', () => {
    const logins = ['ana@example.com', 'ben@example.com'];

    expect(problemsWith({ groups: { 'eks-admins': { logins }, 'eks-ops': { logins } } })).toEqual([]);
  });
});
