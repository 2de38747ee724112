import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A group's people come from a list or from a rule. */
export const loginsAndRule: Check = {
  name: 'logins-and-rule',
  severity: 'error',
  reason: 'A list removes whom the rule puts in and the rule puts them back, at each apply.',
  fix: 'Keep logins or rule, or make two groups with the same grants.',
  source: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/GroupRule/',
  restsOn: [],
  find: ({ groups }) =>
    Object.entries(groups)
      .filter(([, { logins, rule }]) => logins !== undefined && rule !== undefined)
      .map(([name, { logins = [] }]) => ({
        path: pathText(['groups', name]),
        message: 'The group has a list of people and a rule, which undo each other.',
        given: `${logins.length} logins and a rule`,
        allowed: 'logins or rule',
        fix: 'Remove one of the two.',
      })),
};
