import {
  addressFinding,
  loginFinding,
  loginKey,
  quotedLogin,
  repeatedLoginFindings,
  unquotedLogin,
} from '../../../constraints/okta/login';

describe('loginFinding', () => {
  test.each([
    ['', "''"],
    [`${'a'.repeat(89)}@example.com`, `'${'a'.repeat(77)}...'`],
    [' ', "' '"],
    ['ana@example.com ', "'ana@example.com '"],
    ['\u00a0ana', "'\u00a0ana'"],
    ['ana@example.com\n', "'ana@example.com\\n'"],
    ['ana\u0007@example.com', "'ana\\u0007@example.com'"],
    ['ana\u200b@example.com', "'ana\\u200b@example.com'"],
    ['${var.login}@example.com', "'${var.login}@example.com'"],
    ['%{x}@example.com', "'%{x}@example.com'"],
  ])('refuses %j', (login, given) => {
    expect(loginFinding(login)).toEqual({
      message: 'Okta has no login like this.',
      given,
      allowed:
        'a login of 1 to 100 characters, without control characters, ${ and %{, and white space at the start or end',
      fix: 'Use the login in the Okta profile of the user, such as ana@example.com.',
    });
  });

  test.each([
    'a@b.c',
    'jdoe',
    'CORP\\jdoe',
    'Jane "JD" Doe',
    '{jdoe}',
    "o'neil+kubectl@example.com",
    '\u00c4nne/ops%2F@example.com',
    `${'a'.repeat(88)}@example.com`,
  ])('allows %s', (login) => {
    expect(loginFinding(login)).toBeUndefined();
  });
});

describe('addressFinding', () => {
  test.each(['@example.com', 'ana@', 'ana@example@com', 'ana @example.com', 'ana"@example.com'])(
    'finds %s',
    (login) => {
      expect(addressFinding(login)?.message).toBe('This login looks like an email address, and is none.');
    },
  );

  test.each(['jdoe', 'CORP\\jdoe', 'ana@example.com', "o'neil+kubectl@example.com"])('is silent on %s', (login) => {
    expect(addressFinding(login)).toBeUndefined();
  });
});

test.each([
  ['ana@example.com', 'ana@example.com'],
  ['a" or profile.login pr or profile.login eq "', 'a\\" or profile.login pr or profile.login eq \\"'],
  ['CORP\\jdoe', 'CORP\\\\jdoe'],
  ['a\\"', 'a\\\\\\"'],
])('quotedLogin of %s is %s, and back', (login, quoted) => {
  expect(quotedLogin(login)).toBe(quoted);
  expect(unquotedLogin(quoted)).toBe(login);
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
