import type { Finding } from '../../../constraints/finding';
import {
  arrivingGroupFinding,
  arrivingUserFinding,
  prefixFinding,
  subjectFinding,
} from '../../../constraints/kubernetes/reserved-names';
import type { Check, PlacedFinding } from '../check';

/** Neither a prefix nor a name from a token is one that Kubernetes or EKS reserve. */
export const reservedPrefix: Check = {
  name: 'reserved-prefix',
  severity: 'error',
  reason:
    'Kubernetes reserves names that start with system:, and EKS user names that start with eks:. The API server accepts them from a token, and the user gets permissions of the control plane, or bypasses guards.',
  fix: "Use a prefix without 'system:', such as okta:, the default.",
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_OidcIdentityProviderConfigRequest.html',
  requires: [],
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
