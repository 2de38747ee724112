import type { Finding } from '../../../constraints/finding';
import {
  arrivingGroupFinding,
  arrivingUserFinding,
  groupsPrefixFinding,
  subjectFinding,
  usernamePrefixFinding,
} from '../../../constraints/kubernetes/reserved-names';
import { filterStarts } from '../../../constraints/okta/claim-filter';
import type { Access } from '../../derived/access';
import { isEks } from '../../derived/cluster-kinds';
import { type UsedIdentityProvider, usedIdentityProviders } from '../../derived/identity-providers';
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
  find: (access) => usedIdentityProviders(access).flatMap((used) => findings(used, access)),
};

function findings(
  { identityProvider: { prefix, usernameClaim }, clusters, pathOf }: UsedIdentityProvider,
  { grants, groupsClaim }: Access,
): readonly PlacedFinding[] {
  const surroundings = { outsideEks: clusters.some((cluster) => !isEks(cluster)) };
  const keys = new Set(clusters.map(({ key }) => key));
  const ofUsers = usernamePrefixFinding(prefix.username);
  const ofGroups = groupsPrefixFinding(prefix.groups, surroundings);
  const found =
    prefix.username === prefix.groups
      ? at(pathOf('prefix'), ofUsers ?? ofGroups)
      : [ofUsers, ofGroups].flatMap((finding) => at(pathOf('prefix'), finding));
  if (found.length > 0) return found;
  const granted = grants
    .filter(({ clusters: on }) => on === '*' || keys.size === 0 || on.some((key) => keys.has(key)))
    .flatMap(({ group, path }) => at(`${path}.group`, subjectFinding(prefix.groups, group, surroundings)));
  return [
    ...(granted.length > 0
      ? granted
      : filterStarts(groupsClaim)
          .flatMap((start) => at(pathOf('prefix'), arrivingGroupFinding(prefix.groups, start, surroundings)))
          .slice(0, 1)),
    ...at(pathOf('prefix'), arrivingUserFinding(prefix.username, usernameClaim)),
  ];
}

function at(path: string, finding: Finding | undefined): readonly PlacedFinding[] {
  return finding === undefined ? [] : [{ ...finding, path }];
}
