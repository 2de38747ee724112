import type { Finding } from '../../../constraints/finding';
import {
  arrivingGroupFinding,
  arrivingUserFinding,
  groupsPrefixFinding,
  subjectFinding,
  usernamePrefixFinding,
} from '../../../constraints/kubernetes/reserved-names';
import { filterStarts } from '../../../constraints/okta/claim-filter';
import { isEks } from '../../derived/cluster-kinds';
import type { Check, PlacedFinding } from '../check';

/** No prefix, and no name that arrives in a token, is one that Kubernetes, EKS, IAM, or kubeadm take for their own. */
export const reservedPrefix: Check = {
  name: 'reserved-prefix',
  severity: 'error',
  reason:
    'Kubernetes reserves names that start with system:, EKS names that start with eks:, and IAM sessions are user names that start with arn:aws. The API server accepts them from a token, and the user gets permissions of the control plane, or bypasses guards.',
  fix: "Use a prefix without 'system:', such as okta:, the default.",
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_OidcIdentityProviderConfigRequest.html',
  requires: [],
  find: ({ identityProvider: { prefix, usernameClaim }, groupsClaim, grants, clusters }) => {
    const surroundings = { outsideEks: Object.values(clusters).some((cluster) => !isEks(cluster)) };
    const ofUsers = usernamePrefixFinding(prefix.username);
    const ofGroups = groupsPrefixFinding(prefix.groups, surroundings);
    const found =
      prefix.username === prefix.groups
        ? at('identityProvider.prefix', ofUsers ?? ofGroups)
        : [ofUsers, ofGroups].flatMap((finding) => at('identityProvider.prefix', finding));
    if (found.length > 0) return found;
    const granted = grants.flatMap(({ group, path }) =>
      at(`${path}.group`, subjectFinding(prefix.groups, group, surroundings)),
    );
    return [
      ...(granted.length > 0
        ? granted
        : filterStarts(groupsClaim)
            .flatMap((start) => at('identityProvider.prefix', arrivingGroupFinding(prefix.groups, start, surroundings)))
            .slice(0, 1)),
      ...at('identityProvider.prefix', arrivingUserFinding(prefix.username, usernameClaim)),
    ];
  },
};

function at(path: string, finding: Finding | undefined): readonly PlacedFinding[] {
  return finding === undefined ? [] : [{ ...finding, path }];
}
