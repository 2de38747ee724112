import { everyoneFinding } from '../../../constraints/okta/special-groups';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The file does not make the group Everyone. */
export const everyoneGroup: Check = {
  name: 'everyone-group',
  severity: 'error',
  reason: 'Okta makes the group Everyone by itself, and refuses a second one when Terraform applies it.',
  fix: 'Set existing: true.',
  source: 'https://help.okta.com/en-us/content/topics/users-groups-profiles/usgp-main.htm',
  requires: ['groups'],
  find: ({ groups }) =>
    Object.entries(groups).flatMap(([name, { existing }]) => {
      const finding = existing ? undefined : everyoneFinding(name);
      return finding === undefined ? [] : [{ ...finding, path: pathText(['groups', name]) }];
    }),
};
