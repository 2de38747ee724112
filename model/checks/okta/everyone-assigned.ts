import { shown } from '../../../constraints/finding';
import type { Check } from '../check';

/** With everyone assigned, people without a grant get tokens too. */
export const everyoneAssigned: Check = {
  name: 'everyone-assigned',
  severity: 'warning',
  reason: 'Everyone in the organization can sign in to the clusters; Kubernetes answers them 403 instead of Okta.',
  fix: "Set signIn.assignment to 'granted'.",
  source: 'https://developer.okta.com/docs/concepts/policies/',
  restsOn: [],
  find: ({ signIn }) =>
    signIn.assignment === 'granted'
      ? []
      : [
          {
            path: 'signIn.assignment',
            message:
              'Everyone in the Okta organization gets a token for the clusters, whether they have a grant or not.',
            given: shown(signIn.assignment),
            allowed: "'granted', or 'everyone' with this warning",
            fix: "Leave it out, or set it to 'granted'.",
          },
        ],
};
