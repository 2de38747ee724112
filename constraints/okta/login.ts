import { type Finding, shown } from '../finding';

// Quotes, backslashes and braces would end or change the search and the expressions that contain a login.
const PART = String.raw`[^\s\p{C}"\\{}@]+`;
const LOGIN = new RegExp(`^${PART}@${PART}$`, 'u');

/**
 * Checks the login of a user in Okta, which must look like an email address here.
 * @see https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/
 */
export function loginFinding(login: string): Finding | undefined {
  if (login.length >= 5 && login.length <= 100 && LOGIN.test(login)) return undefined;
  return {
    message: 'This is not a valid login of an Okta user.',
    given: shown(login),
    allowed: 'an email address of 5 to 100 characters, without white space, quotes, backslashes or braces',
    fix: 'Use the login in the Okta profile of the user, such as ana@example.com.',
  };
}

/** The logins in a list that repeat an earlier one, by index. */
export function repeatedLogins(logins: readonly string[]): readonly { index: number; first: number }[] {
  const first = new Map<string, number>();
  return logins.flatMap((login, index) => {
    const earlier = first.get(loginKey(login));
    if (earlier !== undefined) return [{ index, first: earlier }];
    first.set(loginKey(login), index);
    return [];
  });
}

/** The findings for the logins in a list that repeat an earlier one. */
export function repeatedLoginFindings(logins: readonly string[]): Finding[] {
  return repeatedLogins(logins).map(({ index, first }) => ({
    message: 'The list contains this login twice; Okta ignores case in logins.',
    given: `${shown(logins[index])} after ${shown(logins[first])}`,
    allowed: 'each login once',
    fix: 'Remove one of the two.',
  }));
}

/** A login as Okta compares it, ignoring case. */
export function loginKey(login: string): string {
  return login.toLowerCase();
}
