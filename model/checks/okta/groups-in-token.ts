import { MOST_GROUPS_IN_TOKEN } from '../../../constraints/okta/api-calls';
import { loginKey } from '../../../constraints/okta/login';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Okta puts a limited number of groups into a token. */
export const groupsInToken: Check = {
  name: 'groups-in-token',
  severity: 'error',
  reason: 'Beyond about 100 groups Okta refuses the token or leaves groups out of it.',
  fix: 'Put the person into fewer groups, or narrow groupsClaim.startsWith.',
  source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
  restsOn: ['groups', 'groupsClaim'],
  find: ({ groups, groupsClaim }) => {
    // Okta ignores case in the filter.
    const start = groupsClaim.startsWith.toLowerCase();
    const inClaim = Object.entries(groups).filter(([name]) => name.toLowerCase().startsWith(start));
    const places = new Map<string, string[]>();
    for (const [group, { logins = [] }] of inClaim) {
      for (const [index, login] of logins.entries()) {
        const person = loginKey(login);
        places.set(person, [...(places.get(person) ?? []), pathText(['groups', group, 'logins', index])]);
      }
    }
    return [...places].flatMap(([person, of]) =>
      of.length <= MOST_GROUPS_IN_TOKEN
        ? []
        : [
            {
              path: of[MOST_GROUPS_IN_TOKEN] as string,
              message: `The token of ${person} would carry ${of.length} groups, as far as this file can tell.`,
              given: `${of.length} groups`,
              allowed: `at most ${MOST_GROUPS_IN_TOKEN} groups of a person that start with '${groupsClaim.startsWith}'`,
              fix: 'Take the person out of some of them, or grant fewer, larger groups.',
            },
          ],
    );
  },
};
