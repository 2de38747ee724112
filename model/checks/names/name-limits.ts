import { type NamedKind, nameFinding } from '../../../constraints/name-limits';
import { unicodeFinding } from '../../../constraints/unicode-text';
import { type Access, allClusters } from '../../derived/access';
import { isCreated, isEks } from '../../derived/cluster-kinds';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

function isValid(kind: NamedKind, name: string): boolean {
  return nameFinding(kind, name) === undefined;
}

/** Names are within the limits of the services that store them. */
export const nameLimits: Check = {
  name: 'name-limits',
  severity: 'error',
  reason: 'Okta, AWS, and Kubernetes refuse names beyond their limits, but only at apply.',
  fix: 'Shorten the name, or use only the characters that the service accepts.',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html',
  requires: [],
  find: (access) => {
    const { groups, guards, identityProvider, namespaces, signIn, tags } = access;
    const found: PlacedFinding[] = [];
    const inspect = (kind: NamedKind, name: string, path: readonly string[], fix?: string) => {
      // The check invalid-unicode reports text that no service stores.
      const finding = unicodeFinding(name) === undefined ? nameFinding(kind, name) : undefined;
      if (finding !== undefined) found.push({ ...finding, ...(fix && { fix }), path: pathText(path) });
    };
    for (const [group, { rule }] of Object.entries(groups)) {
      inspect('oktaGroup', group, ['groups', group]);
      // The rule has the name of its group.
      if (rule !== undefined && isValid('oktaGroup', group)) inspect('groupRule', group, ['groups', group, 'rule']);
    }
    for (const namespace of Object.keys(namespaces)) inspect('namespace', namespace, ['namespaces', namespace]);
    for (const name of Object.keys(guards?.namespaces ?? {}))
      inspect('namespace', name, ['guards', 'namespaces', name]);
    for (const zone of networkZones(signIn))
      inspect('networkZone', zone, ['signIn', 'authenticationPolicy', 'networkZones']);
    for (const claim of Object.keys(identityProvider.requiredClaims ?? {})) {
      inspect('requiredClaim', claim, ['identityProvider', 'requiredClaims', claim]);
    }
    for (const key of Object.keys(tags)) inspect('tagKey', key, ['tags', key]);
    for (const cluster of allClusters(access)) {
      const { key, settings } = cluster;
      // The key is part of the names of stacks, so it must be valid even if `name` is set.
      inspect('eksCluster', key, ['clusters', key]);
      if (isEks(cluster) && cluster.settings.name !== undefined)
        inspect('eksCluster', cluster.name, ['clusters', key, 'name']);
      // A default that follows from an invalid name is not reported again.
      if (settings.app !== undefined) inspect('app', settings.app, ['clusters', key, 'app']);
      else if (isValid('eksCluster', key)) inspect('app', key, ['clusters', key], 'Set app to a shorter name.');
      for (const name of Object.keys(settings.guards?.namespaces ?? {})) {
        inspect('namespace', name, ['clusters', key, 'guards', 'namespaces', name]);
      }
      for (const claim of Object.keys(settings.identityProvider?.requiredClaims ?? {})) {
        inspect('requiredClaim', claim, ['clusters', key, 'identityProvider', 'requiredClaims', claim]);
      }
      for (const tag of Object.keys(settings.tags)) inspect('tagKey', tag, ['clusters', key, 'tags', tag]);
      if (!isCreated(cluster)) continue;
      if (cluster.settings.roleName !== undefined) inspect('iamRole', cluster.roleName, ['clusters', key, 'roleName']);
      else if (isValid('eksCluster', cluster.name)) {
        inspect('iamRole', cluster.roleName, ['clusters', key], 'Set roleName to a shorter name.');
      }
    }
    return found;
  },
};

/** The network zones that the file names. */
function networkZones({ authenticationPolicy }: Access['signIn']): readonly string[] {
  return authenticationPolicy !== undefined && 'networkZones' in authenticationPolicy
    ? authenticationPolicy.networkZones
    : [];
}
