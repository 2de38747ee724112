import { shown } from '../../../constraints/finding';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The file does not change the members of a group that it only looks up. */
export const existingMembers: Check = {
  name: 'existing-members',
  severity: 'error',
  reason:
    'A list is complete: at the next apply, it removes every other member from a group that others manage, and an empty one removes all. A rule adds members to it.',
  fix: 'Remove existing to manage the group here, or logins and rule to leave its members to Okta.',
  source: 'https://registry.terraform.io/providers/okta/okta/latest/docs/resources/group_memberships',
  requires: ['groups'],
  find: ({ groups }) =>
    Object.entries(groups).flatMap(([name, { existing, logins, rule }]) => {
      if (existing === false) return [];
      const common = {
        allowed: 'no logins and no rule beside existing: true',
        fix: 'Remove it: who manages the group in Okta decides who is a member.',
      };
      return [
        ...(logins === undefined
          ? []
          : [
              {
                ...common,
                path: pathText(['groups', name, 'logins']),
                message: `The list would remove ${logins.length === 0 ? 'everyone' : 'everyone else'} from a group that is only looked up.`,
                given: shown(logins),
              },
            ]),
        ...(rule === undefined
          ? []
          : [
              {
                ...common,
                path: pathText(['groups', name, 'rule']),
                message: 'The rule would add members to a group that is only looked up.',
                given: shown(rule),
              },
            ]),
      ];
    }),
};
