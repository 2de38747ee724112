import { type Finding, shown } from '../finding';
import { withoutCase } from '../okta/claim-filter';
import { subjectName } from './subject-name';

/** Names that a cluster takes for its own, by their start. */
interface ReservedNames {
  readonly start: string;
  /** Whose names they are, and what follows from it. */
  readonly owner: string;
  readonly example: string;
  /** Whether only clusters outside EKS have them. @default false */
  readonly outsideEks?: boolean;
}

const KUBERNETES = 'system:';
/** @see https://docs.aws.amazon.com/eks/latest/userguide/default-roles-users.html */
const EKS = 'eks:';

/** Starts of user names. AWS reserves the last three in access entries. @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
const USERS: readonly ReservedNames[] = [
  { start: KUBERNETES, owner: 'Kubernetes', example: 'system:kube-scheduler' },
  { start: EKS, owner: 'EKS, which bypass guards', example: 'eks:node-manager' },
  {
    start: 'arn:aws',
    owner: 'IAM, which can bypass guards',
    example: 'arn:aws:sts::111122223333:assumed-role/deployer/ci',
  },
  ...['aws:', 'amazon:', 'iam:'].map((start) => ({ start, owner: 'AWS', example: `${start}admin` })),
];

/** Starts of groups. */
const GROUPS: readonly ReservedNames[] = [
  { start: KUBERNETES, owner: 'Kubernetes', example: 'system:masters' },
  { start: EKS, owner: 'EKS', example: 'eks:service-operations' },
  // kubeadm binds this group to cluster-admin.
  // https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/
  { start: 'kubeadm:', owner: 'kubeadm', example: 'kubeadm:cluster-admins', outsideEks: true },
];

/** Whose groups a cluster can have besides those of Okta. */
export interface Surroundings {
  /** Whether a cluster outside EKS trusts the names, too. @default false */
  readonly outsideEks?: boolean;
}

function groupsOf({ outsideEks = false }: Surroundings): readonly ReservedNames[] {
  return GROUPS.filter((group) => outsideEks || group.outsideEks !== true);
}

/** Checks the prefix of user names. */
export function usernamePrefixFinding(prefix: string): Finding | undefined {
  return prefixFinding(prefix) ?? startFinding(prefix, 'user name', USERS);
}

/** Checks the prefix of groups. */
export function groupsPrefixFinding(prefix: string, surroundings: Surroundings = {}): Finding | undefined {
  return prefixFinding(prefix) ?? startFinding(prefix, 'group', groupsOf(surroundings));
}

function prefixFinding(prefix: string): Finding | undefined {
  if (prefix.includes(KUBERNETES)) {
    return {
      message: "A prefix must not contain 'system:', which Kubernetes reserves for its own users and groups.",
      given: shown(prefix),
      allowed: "a prefix without 'system:', such as okta:",
      fix: 'Choose another prefix.',
    };
  }
  if (prefix === '-') {
    return {
      message: "The prefix '-' means no prefix for user names, but a literal '-' for groups.",
      given: shown(prefix),
      allowed: "a prefix such as okta:, or '' for none",
      fix: "Write '' for no prefix.",
    };
  }
  return undefined;
}

/** The finding for a prefix with which every name is a reserved one. */
function startFinding(prefix: string, thing: string, reserved: readonly ReservedNames[]): Finding | undefined {
  const found = reserved.find(({ start }) => prefix.startsWith(start));
  if (found === undefined) return undefined;
  return {
    message: `Every ${thing} would start with ${shown(found.start)}, like those of ${found.owner}, such as ${shown(found.example)}.`,
    given: shown(prefix),
    allowed: `a prefix that does not start with ${shown(found.start)}, such as okta:`,
    fix: 'Choose another prefix.',
  };
}

/** Checks that a group does not become a group of the cluster itself. */
export function subjectFinding(prefix: string, group: string, surroundings: Surroundings = {}): Finding | undefined {
  const subject = subjectName(prefix, group);
  const found = groupsOf(surroundings).find(({ start }) => subject.startsWith(start));
  if (found === undefined) return undefined;
  return {
    message: `In Kubernetes, this group would become a reserved group, such as ${found.example}.`,
    given: shown(subject),
    allowed: `a prefix and group that together do not start with ${shown(found.start)}`,
    fix: 'Rename the group, or set a prefix such as okta:.',
  };
}

/**
 * Checks that no Okta group that passes the claim filter becomes a group of the cluster itself.
 * @param startsWith the claim filter, for which Okta ignores case; if undefined, every group passes it.
 */
export function arrivingGroupFinding(
  prefix: string,
  startsWith: string | undefined,
  surroundings: Surroundings = {},
): Finding | undefined {
  const filter = withoutCase(startsWith ?? '');
  const [found] = groupsOf(surroundings).flatMap(({ start, owner, example }) => {
    const rest = restOf(start, prefix);
    if (rest === undefined || (!rest.startsWith(filter) && !filter.startsWith(rest))) return [];
    const named = example.slice(prefix.length);
    return [{ start, owner, group: named.startsWith(filter) ? named : filter }];
  });
  if (found === undefined) return undefined;
  const { start, owner, group } = found;
  return {
    message: `In Kubernetes, an Okta group ${shown(group)} would become ${shown(subjectName(prefix, group))}, a name that ${owner} reserves.`,
    given: `prefix ${shown(prefix)} and ${startsWith === undefined ? 'no filter' : `filter ${shown(startsWith)}, for which Okta ignores case`}`,
    allowed: `a prefix and filter with which no group starts with ${shown(start)}`,
    fix: 'Set the group prefix, for example to okta:, the default.',
  };
}

/** Claims with values that Okta controls: an email address, without a colon, and Okta's user id, such as 00u1a2b3c. */
const SAFE_CLAIMS: readonly string[] = ['email', 'sub'];

/** Checks that no value of a user's claim makes them a user of Kubernetes, EKS, or IAM itself. */
export function arrivingUserFinding(prefix: string, claim: string): Finding | undefined {
  if (SAFE_CLAIMS.includes(claim)) return undefined;
  const [found] = USERS.flatMap((users) => {
    const rest = restOf(users.start, prefix);
    return rest === undefined ? [] : [{ ...users, rest }];
  });
  if (found === undefined) return undefined;
  const { start, owner, example, rest } = found;
  return {
    message: `A user whose claim ${shown(claim)} starts with ${shown(rest)} would get a name that is reserved for users of ${owner}, such as ${shown(example)}.`,
    given: `prefix ${shown(prefix)} and claim ${shown(claim)}`,
    allowed: `a prefix with which no user name starts with ${shown(start)}, or the claim ${SAFE_CLAIMS.join(' or ')}`,
    fix: 'Set the user name prefix, for example to okta:, the default.',
  };
}

/** What must follow a prefix to complete a reserved start; undefined if nothing can. */
function restOf(start: string, prefix: string): string | undefined {
  return start.startsWith(prefix) && prefix !== start ? start.slice(prefix.length) : undefined;
}
