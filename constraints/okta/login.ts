import { type Finding, shown } from '../finding';

/**
 * Checks the login of a user in Okta. By default it is an email address; an organization can allow any text.
 * @see https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/
 */
export function loginFinding(login: string): Finding | undefined {
  const hasEdges = login !== login.trim();
  // Terraform evaluates ${ and %{ in each text.
  if (login !== '' && login.length <= 100 && !hasEdges && !/\p{C}|[\u2028\u2029]|[$%]\{/u.test(login)) return undefined;
  return {
    message: 'Okta has no login like this.',
    given: shown(login),
    allowed:
      'a login of 1 to 100 characters, without control characters, ${ and %{, and white space at the start or end',
    fix: 'Use the login in the Okta profile of the user, such as ana@example.com.',
  };
}

/** Checks that a login that looks like an email address is one: an organization has to allow any other with an @. */
export function addressFinding(login: string): Finding | undefined {
  if (!login.includes('@') || /^[^\s"\\@]+@[^\s"\\@]+$/.test(login)) return undefined;
  return {
    message: 'This login looks like an email address, and is none.',
    given: shown(login),
    allowed: 'an email address, or any login if your organization allows it',
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

/** A login inside the quotes of a search expression of Okta. The provider writes the quotes, and escapes nothing. */
export function quotedLogin(login: string): string {
  return login.replace(/["\\]/g, '\\$&');
}

/** The login of a search expression. */
export function unquotedLogin(quoted: string): string {
  return quoted.replace(/\\(["\\])/g, '$1');
}
