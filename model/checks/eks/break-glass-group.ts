import { breakGlassGroupFinding } from '../../../constraints/eks/break-glass';
import { filterStarts } from '../../../constraints/okta/claim-filter';
import { isEks } from '../../derived/cluster-kinds';
import { usedIdentityProviders } from '../../derived/identity-providers';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** No token from Okta can carry the break-glass group. */
export const breakGlassGroup: Check = {
  name: 'break-glass-group',
  severity: 'error',
  reason: 'Guards exempt the break-glass group, so a token from Okta with this group would bypass every guard.',
  fix: 'Set a prefix, or a claim filter that excludes the break-glass group.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
  requires: ['identityProvider', 'groupsClaim'],
  find: (access) =>
    usedIdentityProviders(access).flatMap(({ identityProvider, clusters, pathOf }) => {
      const [finding] = filterStarts(access.groupsClaim).flatMap(
        (start) => breakGlassGroupFinding(identityProvider.prefix.groups, start) ?? [],
      );
      if (finding === undefined) return [];
      const used = clusters.filter(isEks).find(({ settings }) => settings.breakGlass !== undefined);
      const path = used === undefined ? pathOf('prefix') : pathText(['clusters', used.key, 'breakGlass']);
      return [{ ...finding, path }];
    }),
};
