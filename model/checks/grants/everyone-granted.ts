import { shown } from '../../../constraints/finding';
import { EVERYONE } from '../../../constraints/okta/special-groups';
import type { Check } from '../check';

/** No grant is for the group Everyone. */
export const everyoneGranted: Check = {
  name: 'everyone-granted',
  severity: 'warning',
  reason:
    'Every user of the Okta organization is in the group Everyone: new users, contractors, and service accounts too.',
  fix: 'Grant the role to a group with the people who need it.',
  source: 'https://help.okta.com/en-us/content/topics/users-groups-profiles/usgp-main.htm',
  requires: ['grants', 'groups'],
  find: ({ grants }) =>
    grants.flatMap(({ group, role, path }) =>
      group === EVERYONE
        ? [
            {
              path: `${path}.group`,
              message: `This grants ${shown(role)} to every user of the Okta organization.`,
              given: shown(group),
              allowed: 'a group with the people who need the role, or Everyone with this warning',
              fix: 'Grant it to another group.',
            },
          ]
        : [],
    ),
};
