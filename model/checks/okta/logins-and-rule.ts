import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The members of a group come from a list or from a rule, not both. */
export const loginsAndRule: Check = {
  name: 'logins-and-rule',
  severity: 'error',
  reason: 'At each apply, the list would remove the members that the rule adds, and the rule would add them again.',
  fix: 'Keep either logins or rule, or create two groups with the same grants.',
  source: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/GroupRule/',
  requires: [],
  find: ({ groups }) =>
    Object.entries(groups)
      .filter(([, { logins, rule }]) => logins !== undefined && rule !== undefined)
      .map(([name, { logins = [] }]) => ({
        path: pathText(['groups', name]),
        message: 'The group has logins and a rule, which undo each other.',
        given: `${logins.length} logins and a rule`,
        allowed: 'either logins or a rule',
        fix: 'Remove one of the two.',
      })),
};
