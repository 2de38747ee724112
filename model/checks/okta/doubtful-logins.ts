import { shown } from '../../../constraints/finding';
import { addressFinding, loginFinding, loginKey } from '../../../constraints/okta/login';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Each user has one spelling in the file, and a login with an @ is an email address. */
export const doubtfulLogins: Check = {
  name: 'doubtful-logins',
  severity: 'warning',
  reason:
    'Okta ignores case in logins: two spellings are one user, who has the grants of both groups. The plan fails for a login that no user has.',
  fix: 'Write each login as Okta shows it, and everywhere in the same case.',
  source: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/',
  requires: ['groups'],
  find: ({ groups }) => {
    const first = new Map<string, { readonly login: string; readonly group: string; readonly path: string }>();
    return Object.entries(groups).flatMap(([group, { logins = [] }]) =>
      logins.flatMap((login, index) => {
        if (loginFinding(login) !== undefined) return [];
        const path = pathText(['groups', group, 'logins', index]);
        const earlier = first.get(loginKey(login));
        if (earlier === undefined) {
          first.set(loginKey(login), { login, group, path });
          const finding = addressFinding(login);
          return finding === undefined ? [] : [{ ...finding, path }];
        }
        // The check logins refuses two in one list.
        if (earlier.login === login || earlier.group === group) return [];
        return [
          {
            path,
            message: `This is the same user as ${earlier.path}, written in another case.`,
            given: shown(login),
            allowed: `${shown(earlier.login)}, as in ${earlier.path}`,
            fix: 'Write the login in the same case in each list.',
          },
        ];
      }),
    );
  },
};
