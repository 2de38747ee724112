import { shown } from '../../../constraints/finding';
import type { Check } from '../check';

/** Only users with a grant get a token. */
export const everyoneAssigned: Check = {
  name: 'everyone-assigned',
  severity: 'warning',
  reason:
    'Everyone in the Okta organization can sign in to the clusters, and only RBAC stops users without a grant (403).',
  fix: "Set signIn.assignment to 'granted'.",
  source: 'https://developer.okta.com/docs/concepts/policies/',
  requires: [],
  find: ({ signIn }) =>
    signIn.assignment === 'granted'
      ? []
      : [
          {
            path: 'signIn.assignment',
            message: 'Everyone in the Okta organization gets a token for the clusters, with or without a grant.',
            given: shown(signIn.assignment),
            allowed: "'granted', or 'everyone' with this warning",
            fix: "Omit it, or set it to 'granted'.",
          },
        ],
};
