import { type Access, clusterName, isEks, roleName } from '../access';
import type { Check, PlacedFinding } from '../check';
import { type Finding, shown } from '../finding';
import { pathText } from '../path';

interface NameLimit {
  readonly what: string;
  /** Most characters. */
  readonly most: number;
  readonly pattern: RegExp;
  /** The pattern in words. */
  readonly letters: string;
}

// No control characters, and no white space at the ends, which consoles and claims drop or hide.
const VISIBLE = /^(?!\s)[^\p{Cc}]*(?<!\s)$/u;
const VISIBLE_WORDS = 'without control characters and without white space at the ends';

const LIMITS = {
  oktaGroup: { what: 'an Okta group', most: 255, pattern: VISIBLE, letters: VISIBLE_WORDS },
  // The app's name is also that of its access policy, and policies and rules end at 50.
  app: { what: 'an Okta app with its access policy', most: 50, pattern: VISIBLE, letters: VISIBLE_WORDS },
  accessPolicy: { what: 'an Okta access policy', most: 50, pattern: VISIBLE, letters: VISIBLE_WORDS },
  accessRule: { what: 'an Okta access policy rule', most: 50, pattern: VISIBLE, letters: VISIBLE_WORDS },
  // Okta states no limit here: that of its other policies.
  authenticationPolicy: { what: 'an Okta authentication policy', most: 50, pattern: VISIBLE, letters: VISIBLE_WORDS },
  groupRule: { what: 'an Okta group rule', most: 50, pattern: VISIBLE, letters: VISIBLE_WORDS },
  networkZone: { what: 'an Okta network zone', most: 128, pattern: VISIBLE, letters: VISIBLE_WORDS },
  eksCluster: {
    what: 'an EKS cluster',
    most: 100,
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
    letters: 'letters, digits, - and _, the first a letter or digit',
  },
  iamRole: { what: 'an IAM role', most: 64, pattern: /^[\w+=,.@-]+$/, letters: 'letters, digits and +=,.@_-' },
  namespace: {
    what: 'a Kubernetes namespace',
    most: 63,
    pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    letters: 'lower-case letters, digits and -, the first and last a letter or digit',
  },
  requiredClaim: { what: 'a required claim', most: 63, pattern: VISIBLE, letters: VISIBLE_WORDS },
  tagKey: {
    what: 'an AWS tag',
    most: 128,
    pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]+$/iu,
    letters: 'letters, digits, spaces and _.:/=+-@, not starting with aws:',
  },
} as const satisfies Record<string, NameLimit>;

/** A kind of thing whose name is limited. */
export type NamedKind = keyof typeof LIMITS;

/** What is wrong with a name for the service that keeps it, or undefined. */
export function nameFinding(kind: NamedKind, name: string): Finding | undefined {
  const { what, most, pattern, letters } = LIMITS[kind];
  if (name.length >= 1 && name.length <= most && pattern.test(name)) return undefined;
  return {
    message: `The name of ${what} is beyond the service's limits.`,
    given: `${shown(name)}, ${name.length} characters`,
    allowed: `1 to ${most} characters, ${letters}`,
    fix: name.length > most ? `Shorten it by ${name.length - most}.` : 'Use only these characters.',
  };
}

function fits(kind: NamedKind, name: string): boolean {
  return nameFinding(kind, name) === undefined;
}

/** Names have to fit the services that keep them. */
export const nameLimits: Check = {
  name: 'name-limits',
  severity: 'error',
  reason: 'Okta, EKS and IAM refuse names beyond their limits, but only when they are applied.',
  fix: 'Shorten the name, or use the characters that the service takes.',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html',
  restsOn: [],
  find: ({ groups, clusters, guards, identityProvider, namespaces, signIn, tags }) => {
    const found: PlacedFinding[] = [];
    const look = (kind: NamedKind, name: string, path: readonly string[], fix?: string) => {
      const finding = nameFinding(kind, name);
      if (finding !== undefined) found.push({ ...finding, ...(fix && { fix }), path: pathText(path) });
    };
    for (const [group, { rule }] of Object.entries(groups)) {
      look('oktaGroup', group, ['groups', group]);
      // The rule is named like its group.
      if (rule !== undefined && fits('oktaGroup', group)) look('groupRule', group, ['groups', group, 'rule']);
    }
    for (const namespace of Object.keys(namespaces)) look('namespace', namespace, ['namespaces', namespace]);
    for (const name of Object.keys(guards.namespaces ?? {})) look('namespace', name, ['guards', 'namespaces', name]);
    for (const zone of networkZones(signIn))
      look('networkZone', zone, ['signIn', 'authenticationPolicy', 'networkZones']);
    for (const claim of Object.keys(identityProvider.requiredClaims ?? {})) {
      look('requiredClaim', claim, ['identityProvider', 'requiredClaims', claim]);
    }
    for (const key of Object.keys(tags)) look('tagKey', key, ['tags', key]);
    for (const [key, cluster] of Object.entries(clusters)) {
      // The key is part of the stacks' names, so it has to fit even where `name` is given.
      look('eksCluster', key, ['clusters', key]);
      if (isEks(cluster) && cluster.name !== undefined) look('eksCluster', cluster.name, ['clusters', key, 'name']);
      // What follows from a name that does not fit is no problem of its own.
      if (cluster.app !== undefined) look('app', cluster.app, ['clusters', key, 'app']);
      else if (fits('eksCluster', key)) look('app', key, ['clusters', key], 'Set app to a shorter name.');
      for (const name of Object.keys(cluster.guards?.namespaces ?? {})) {
        look('namespace', name, ['clusters', key, 'guards', 'namespaces', name]);
      }
      for (const tag of Object.keys(cluster.tags)) look('tagKey', tag, ['clusters', key, 'tags', tag]);
      if (cluster.kind !== 'eks') continue;
      if (cluster.roleName !== undefined) look('iamRole', cluster.roleName, ['clusters', key, 'roleName']);
      else if (fits('eksCluster', clusterName(key, cluster))) {
        look('iamRole', roleName(key, cluster), ['clusters', key], 'Set roleName to a shorter name.');
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
