import { type Finding, shown } from '../finding';
import { withoutCase } from '../okta/claim-filter';
import { subjectName } from './subject-name';

const RESERVED = 'system:';
/** @see https://docs.aws.amazon.com/eks/latest/userguide/default-roles-users.html */
const EKS = 'eks:';

/** Checks the prefix of user names or groups. */
export function prefixFinding(prefix: string): Finding | undefined {
  if (prefix.includes(RESERVED)) {
    return {
      message: "A prefix must not contain 'system:', which Kubernetes reserves for its own users and groups.",
      given: shown(prefix),
      allowed: "a prefix without 'system:', such as okta:",
      fix: 'Choose another prefix.',
    };
  }
  if (prefix === EKS) {
    return {
      message: "User names that start with 'eks:' belong to EKS and bypass guards.",
      given: shown(prefix),
      allowed: "a prefix other than 'eks:', such as okta:",
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

/** Checks that a group does not become a group of Kubernetes itself. */
export function subjectFinding(prefix: string, group: string): Finding | undefined {
  const subject = subjectName(prefix, group);
  if (!subject.startsWith(RESERVED)) return undefined;
  return {
    message: 'In Kubernetes, this group would become a reserved group, such as system:masters.',
    given: shown(subject),
    allowed: "a prefix and group that together do not start with 'system:'",
    fix: 'Rename the group, or set a prefix such as okta:.',
  };
}

/**
 * Checks that no Okta group that passes the claim filter becomes a group of Kubernetes itself.
 * @param startsWith the claim filter; if unknown, every group passes it, but an empty prefix is allowed.
 */
export function arrivingGroupFinding(prefix: string, startsWith: string | undefined): Finding | undefined {
  const rest = restOf(RESERVED, prefix);
  if (rest === undefined || (startsWith === undefined && prefix === '')) return undefined;
  const filter = withoutCase(startsWith ?? '');
  if (!rest.startsWith(filter) && !filter.startsWith(rest)) return undefined;
  const masters = `${rest}masters`;
  const group = masters.startsWith(filter) ? masters : filter;
  return {
    message: `In Kubernetes, an Okta group ${shown(group)} would become ${shown(subjectName(prefix, group))}, a name that Kubernetes reserves.`,
    given: `prefix ${shown(prefix)}${startsWith === undefined ? '' : ` and filter ${shown(startsWith)}, for which Okta ignores case`}`,
    allowed: "a prefix and filter with which no group starts with 'system:'",
    fix: 'Set the group prefix, for example to okta:, the default.',
  };
}

/** Claims with values that Okta controls: an email address, without a colon, and Okta's user id, such as 00u1a2b3c. */
const SAFE_CLAIMS: readonly string[] = ['email', 'sub'];

/** Reserved starts of user names. */
const USERS = [
  { start: RESERVED, owner: 'Kubernetes', example: 'system:kube-scheduler' },
  { start: EKS, owner: 'EKS, which bypass guards', example: 'eks:node-manager' },
];

/** Checks that no value of a user's claim makes them a user of Kubernetes or EKS itself. */
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
