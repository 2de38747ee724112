import type { Finding } from '../../../constraints/finding';
import {
  arrivingGroupFinding,
  arrivingUserFinding,
  prefixFinding,
  subjectFinding,
} from '../../../constraints/kubernetes/reserved-names';
import type { Check, PlacedFinding } from '../check';

/** Neither a prefix nor a name that can arrive may be one of Kubernetes' own. */
export const reservedPrefix: Check = {
  name: 'reserved-prefix',
  severity: 'error',
  reason:
    "Names that start with system: are Kubernetes' own: whoever arrives as one gets what the control plane may do, and the API server refuses no name that a token brings.",
  fix: "Use a prefix without 'system:', such as the default okta:.",
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_OidcIdentityProviderConfigRequest.html',
  restsOn: [],
  find: ({ identityProvider: { prefix, usernameClaim }, groupsClaim, grants }) => {
    const prefixes = prefix.username === prefix.groups ? [prefix.groups] : [prefix.username, prefix.groups];
    const found = prefixes.flatMap((value) => at('identityProvider.prefix', prefixFinding(value)));
    if (found.length > 0) return found;
    const granted = grants.flatMap(({ group, path }) => at(`${path}.group`, subjectFinding(prefix.groups, group)));
    return [
      ...(granted.length > 0
        ? granted
        : at('identityProvider.prefix', arrivingGroupFinding(prefix.groups, groupsClaim.startsWith))),
      ...at('identityProvider.prefix', arrivingUserFinding(prefix.username, usernameClaim)),
    ];
  },
};

function at(path: string, finding: Finding | undefined): readonly PlacedFinding[] {
  return finding === undefined ? [] : [{ ...finding, path }];
}
