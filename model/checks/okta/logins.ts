import { shown } from '../../../constraints/finding';
import { loginFinding, repeatedLogins } from '../../../constraints/okta/login';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The people of a group have to be Okta logins, each once. */
export const logins: Check = {
  name: 'logins',
  severity: 'error',
  reason: 'The plan looks each person up in Okta, and fails for a login that is none.',
  fix: 'Write each login as Okta shows it, such as ana@example.com, once.',
  source: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/',
  restsOn: [],
  find: ({ groups }) =>
    Object.entries(groups).flatMap(([group, { logins: people = [] }]) => {
      const repeated = new Map(repeatedLogins(people).map(({ index, first }) => [index, first]));
      return people.flatMap((login, index) => {
        const finding = loginFinding(login) ?? duplicateFinding(login, repeated.get(index));
        return finding === undefined ? [] : [{ ...finding, path: pathText(['groups', group, 'logins', index]) }];
      });
    }),
};

function duplicateFinding(login: string, earlier: number | undefined) {
  if (earlier === undefined) return undefined;
  return {
    message: `The person is in the list already, at ${earlier + 1}. Okta ignores the case of a login.`,
    given: shown(login),
    allowed: 'each person once',
    fix: 'Remove one of the two.',
  };
}
