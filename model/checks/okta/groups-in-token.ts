import { plain, shown } from '../../../constraints/finding';
import { MOST_GROUPS_IN_TOKEN } from '../../../constraints/okta/api-calls';
import { loginKey } from '../../../constraints/okta/login';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** No user has more groups than a token can carry. */
export const groupsInToken: Check = {
  name: 'groups-in-token',
  severity: 'error',
  reason: 'For a user with more than about 100 groups in the claim, Okta refuses the token or omits groups.',
  fix: 'Add the user to fewer groups, or make groupsClaim.startsWith more specific.',
  source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
  requires: ['groups', 'groupsClaim'],
  find: ({ groups, groupsClaim }) => {
    // Okta ignores case in the filter.
    const start = groupsClaim.startsWith.toLowerCase();
    const inClaim = Object.entries(groups).filter(([name]) => name.toLowerCase().startsWith(start));
    const places = new Map<string, string[]>();
    for (const [group, { logins = [] }] of inClaim) {
      for (const [index, login] of logins.entries()) {
        const user = loginKey(login);
        places.set(user, [...(places.get(user) ?? []), pathText(['groups', group, 'logins', index])]);
      }
    }
    return [...places].flatMap(([user, paths]) =>
      paths.length <= MOST_GROUPS_IN_TOKEN
        ? []
        : [
            {
              path: paths[MOST_GROUPS_IN_TOKEN] as string,
              message: `The token of ${plain(user)} would carry ${paths.length} groups, counting only the logins in this file.`,
              given: `${paths.length} groups`,
              allowed: `at most ${MOST_GROUPS_IN_TOKEN} groups per user that start with ${shown(groupsClaim.startsWith)}`,
              fix: 'Remove the user from some of them, or use fewer, larger groups.',
            },
          ],
    );
  },
};
