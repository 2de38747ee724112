import { shown } from '../../../constraints/finding';
import { usedIdentityProviders } from '../../derived/identity-providers';
import type { Check } from '../check';

/** Names from Okta have a prefix, so that they differ from names of other sources. */
export const noPrefix: Check = {
  name: 'no-prefix',
  severity: 'warning',
  reason:
    'Without a prefix, an Okta group can become any group that a binding, an add-on, or IAM uses, if it has that name.',
  fix: 'Set identityProvider.prefix, for example to okta:, the default.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
  requires: [],
  find: (access) =>
    usedIdentityProviders(access).flatMap(({ identityProvider: { prefix }, pathOf }) =>
      prefix.groups !== '' && prefix.username !== ''
        ? []
        : [
            {
              path: pathOf('prefix'),
              message: 'Users and groups from Okta cannot be distinguished from those of other sources.',
              given: prefix.groups === '' ? shown(prefix.groups) : shown(prefix.username),
              allowed: 'a prefix, or none with this warning',
              fix: 'Set it to okta:, before anything depends on the names.',
            },
          ],
    ),
};
