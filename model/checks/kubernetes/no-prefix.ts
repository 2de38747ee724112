import { shown } from '../../../constraints/finding';
import type { Check } from '../check';

/** Without a prefix, names from Okta stand beside those of every other source. */
export const noPrefix: Check = {
  name: 'no-prefix',
  severity: 'warning',
  reason: 'Without a prefix an Okta group of the right name is any group that a binding, an add-on or IAM uses.',
  fix: 'Set identityProvider.prefix, for example to the default okta:.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
  restsOn: [],
  find: ({ identityProvider: { prefix } }) =>
    prefix.groups !== '' && prefix.username !== ''
      ? []
      : [
          {
            path: 'identityProvider.prefix',
            message: 'People and groups from Okta cannot be told apart from those of other sources.',
            given: prefix.groups === '' ? shown(prefix.groups) : shown(prefix.username),
            allowed: 'any prefix, or none with this warning',
            fix: 'Set it to okta:, before people depend on the names.',
          },
        ],
};
