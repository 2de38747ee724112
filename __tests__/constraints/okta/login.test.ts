import { loginFinding, loginKey, repeatedLoginFindings } from '../../../constraints/okta/login';

describe('loginFinding', () => {
  test.each([
    ['ana', "'ana'"],
    ['', "''"],
    ['a@bc', "'a@bc'"],
    [`${'a'.repeat(89)}@example.com`, `'${'a'.repeat(77)}...'`],
    ['@example.com', "'@example.com'"],
    ['ana@', "'ana@'"],
    ['ana@example@com', "'ana@example@com'"],
    ['ana @example.com', "'ana @example.com'"],
    ['ana@example.com ', "'ana@example.com '"],
    ['ana\u00a0b@example.com', "'ana\u00a0b@example.com'"],
    ['ana@example.com\n', "'ana@example.com\\n'"],
    ['ana\u0007@example.com', "'ana\\u0007@example.com'"],
    ['ana\u200b@example.com', "'ana\\u200b@example.com'"],
    ['ana"@example.com', "'ana\"@example.com'"],
    ['ana\\@example.com', "'ana\\\\@example.com'"],
    ['${var.login}@example.com', "'${var.login}@example.com'"],
    ['%{x}@example.com', "'%{x}@example.com'"],
  ])('refuses %j', (login, given) => {
    expect(loginFinding(login)).toEqual({
      message: 'This is not a valid login of an Okta user.',
      given,
      allowed: 'an email address of 5 to 100 characters, without white space, quotes, backslashes or braces',
      fix: 'Use the login in the Okta profile of the user, such as ana@example.com.',
    });
  });

  test.each([
    'a@b.c',
    'ana@example.com',
    "o'neil+kubectl@example.com",
    'Änne/ops%2F@example.com',
    `${'a'.repeat(88)}@example.com`,
  ])('allows %s', (login) => {
    expect(loginFinding(login)).toBeUndefined();
  });
});

describe('repeatedLoginFindings', () => {
  test('finds each login that is already in the list, ignoring case', () => {
    const logins = ['ana@example.com', 'ben@example.com', 'Ana@Example.com', 'ana@example.com'];

    const repeated = (given: string) => ({
      message: 'The list contains this login twice; Okta ignores case in logins.',
      given,
      allowed: 'each login once',
      fix: 'Remove one of the two.',
    });
    expect(repeatedLoginFindings(logins)).toEqual([
      repeated("'Ana@Example.com' after 'ana@example.com'"),
      repeated("'ana@example.com' after 'ana@example.com'"),
    ]);
  });

  test('finds nothing wrong with distinct logins, or with none', () => {
    expect(repeatedLoginFindings(['ana@example.com', 'ben@example.com'])).toEqual([]);
    expect(repeatedLoginFindings([])).toEqual([]);
  });
});

describe('loginKey', () => {
  test('is the same for one user, ignoring case', () => {
    expect(loginKey('Ana@Example.com')).toBe('ana@example.com');
  });
});
