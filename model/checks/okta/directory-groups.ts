import { directoryNameFinding } from '../../../constraints/okta/special-groups';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Each group that is looked up is one that the groups claim can carry. */
export const directoryGroups: Check = {
  name: 'directory-groups',
  severity: 'warning',
  reason:
    'A groups claim with a filter carries only groups that Okta owns, not those of Active Directory, LDAP, or an app.',
  fix: 'Grant to a group of Okta whose rule reads the membership in the group of the directory.',
  source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
  requires: ['groups'],
  find: ({ groups }) =>
    Object.entries(groups).flatMap(([name, { existing }]) => {
      const finding = existing ? directoryNameFinding(name) : undefined;
      return finding === undefined ? [] : [{ ...finding, path: pathText(['groups', name]) }];
    }),
};
