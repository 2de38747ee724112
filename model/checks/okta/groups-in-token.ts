import { plain, shown } from '../../../constraints/finding';
import { MOST_GROUPS_IN_TOKEN } from '../../../constraints/okta/api-calls';
import { ruleKey } from '../../../constraints/okta/expression';
import { loginKey } from '../../../constraints/okta/login';
import { isTrueForEveryone } from '../../../constraints/okta/rule-for-everyone';
import type { ParsedFile } from '../../file/parsed-file';
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
    return members(inClaim).flatMap(({ who, source, paths }) =>
      paths.length <= MOST_GROUPS_IN_TOKEN
        ? []
        : [
            {
              path: paths[MOST_GROUPS_IN_TOKEN] as string,
              message: `The token of ${who} would carry ${paths.length} groups, counting only the ${source} in this file.`,
              given: `${paths.length} groups`,
              allowed: `at most ${MOST_GROUPS_IN_TOKEN} groups per user that start with ${shown(groupsClaim.startsWith)}`,
              fix: 'Remove the user from some of them, or use fewer, larger groups.',
            },
          ],
    );
  },
};

/** A user, or the users whom equal rules select, and the places that put them into groups. */
interface Member {
  readonly who: string;
  readonly source: 'logins' | 'rules';
  readonly paths: readonly string[];
}

function members(groups: readonly (readonly [string, ParsedFile['groups'][string]])[]): readonly Member[] {
  const found = new Map<string, Member>();
  const add = (key: string, who: string, source: Member['source'], path: string) =>
    found.set(key, { who, source, paths: [...(found.get(key)?.paths ?? []), path] });
  for (const [group, { logins = [], rule }] of groups) {
    for (const [index, login] of logins.entries()) {
      const user = loginKey(login);
      add(`login ${user}`, plain(user), 'logins', pathText(['groups', group, 'logins', index]));
    }
    if (rule === undefined) continue;
    const path = pathText(['groups', group, 'rule']);
    if (isTrueForEveryone(rule)) add('everyone', 'everyone in the organization', 'rules', path);
    else add(`rule ${ruleKey(rule)}`, `each user whom this rule selects`, 'rules', path);
  }
  return [...found.values()];
}
