import { type Finding, shown } from '../finding';

// Quotes, backslashes and braces end or change the search and the expressions that a login is put into.
const PART = String.raw`[^\s\p{C}"\\{}@]+`;
const LOGIN = new RegExp(`^${PART}@${PART}$`, 'u');

/**
 * What is wrong with the login of a person in Okta, which has the shape of an e-mail address here.
 * @see https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/
 */
export function loginFinding(login: string): Finding | undefined {
  if (login.length >= 5 && login.length <= 100 && LOGIN.test(login)) return undefined;
  return {
    message: 'This is no login of a person in Okta.',
    given: shown(login),
    allowed: 'an e-mail address of 5 to 100 characters, without white space, quotes, backslashes or braces',
    fix: 'Write the login as it is in the profile of the person, such as ana@example.com.',
  };
}

/** The logins of a list that an earlier one is the same person as, by their positions. */
export function repeatedLogins(logins: readonly string[]): readonly { index: number; first: number }[] {
  const first = new Map<string, number>();
  return logins.flatMap((login, index) => {
    const earlier = first.get(loginKey(login));
    if (earlier !== undefined) return [{ index, first: earlier }];
    first.set(loginKey(login), index);
    return [];
  });
}

/** What is wrong with each login that an earlier one of the list is the same person as. */
export function repeatedLoginFindings(logins: readonly string[]): Finding[] {
  return repeatedLogins(logins).map(({ index, first }) => ({
    message: 'The list has a login twice, and Okta compares logins without case.',
    given: `${shown(logins[index])} after ${shown(logins[first])}`,
    allowed: 'each login once',
    fix: 'Remove one of the two.',
  }));
}

/** A login as Okta compares it: without case. */
export function loginKey(login: string): string {
  return login.toLowerCase();
}
