import { shown } from '../../../constraints/finding';
import { loginFinding, repeatedLogins } from '../../../constraints/okta/login';
import { unicodeFinding } from '../../../constraints/unicode-text';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The members of a group are valid Okta logins, each listed once. */
export const logins: Check = {
  name: 'logins',
  severity: 'error',
  reason: 'Terraform looks up each login in Okta, and the plan fails for a login that does not exist.',
  fix: 'List each login once, as Okta shows it, such as ana@example.com.',
  source: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/',
  requires: [],
  find: ({ groups }) =>
    Object.entries(groups).flatMap(([group, { logins: members = [] }]) => {
      const repeated = new Map(repeatedLogins(members).map(({ index, first }) => [index, first]));
      return members.flatMap((login, index) => {
        if (unicodeFinding(login) !== undefined) return [];
        const finding = loginFinding(login) ?? duplicateFinding(login, repeated.get(index));
        return finding === undefined ? [] : [{ ...finding, path: pathText(['groups', group, 'logins', index]) }];
      });
    }),
};

function duplicateFinding(login: string, earlier: number | undefined) {
  if (earlier === undefined) return undefined;
  return {
    message: `This is the same login as logins[${earlier}]: Okta ignores case in logins.`,
    given: shown(login),
    allowed: 'each login once',
    fix: 'Remove one of the two.',
  };
}
