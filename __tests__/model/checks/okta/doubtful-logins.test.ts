import { warningsWith } from '../../../access-files';

const warningsOf = (groups: Record<string, readonly string[]>) =>
  warningsWith('doubtful-logins', {
    groups: Object.fromEntries([
      ['eks-admins', {}],
      ...Object.entries(groups).map(([name, logins]) => [name, { logins }] as const),
    ]),
  });

const SOURCE = 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/';

describe('doubtful-logins', () => {
  test('tells a user who stands in two lists with another case', () => {
    expect(warningsOf({ a: ['ana@example.com'], b: ['ben@example.com', 'Ana@Example.com'] })).toEqual([
      {
        path: 'groups.b.logins[1]',
        check: 'doubtful-logins',
        message: 'This is the same user as groups.a.logins[0], written in another case.',
        given: "'Ana@Example.com'",
        allowed: "'ana@example.com', as in groups.a.logins[0]",
        fix: 'Write the login in the same case in each list.',
        source: SOURCE,
      },
    ]);
  });

  test('tells a login that looks like an email address and is none', () => {
    expect(warningsOf({ a: ['ana@example@com'] })).toEqual([
      {
        path: 'groups.a.logins[0]',
        check: 'doubtful-logins',
        message: 'This login looks like an email address, and is none.',
        given: "'ana@example@com'",
        allowed: 'an email address, or any login if your organization allows it',
        fix: 'Use the login in the Okta profile of the user, such as ana@example.com.',
        source: SOURCE,
      },
    ]);
  });

  test('is silent on one spelling, and on logins that are no addresses', () => {
    expect(warningsOf({ a: ['ana@example.com', 'jdoe'], b: ['ana@example.com', 'CORP\\jdoe'] })).toEqual([]);
  });
});
