import { type Finding, shown } from '../finding';
import { withoutCase } from '../okta/claim-filter';
import { subjectName } from './subject-name';

const RESERVED = 'system:';
/** @see https://docs.aws.amazon.com/eks/latest/userguide/default-roles-users.html */
const EKS = 'eks:';

/** What is wrong with a user name or group prefix of an identity provider. */
export function prefixFinding(prefix: string): Finding | undefined {
  if (prefix.includes(RESERVED)) {
    return {
      message: "A prefix must not be or contain 'system:': Kubernetes keeps it for its own users and groups.",
      given: shown(prefix),
      allowed: "a prefix without 'system:', such as okta:",
      fix: 'Choose another prefix.',
    };
  }
  if (prefix === EKS) {
    return {
      message: "Names that start with 'eks:' are EKS' own: guards let its users pass.",
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

/** What is wrong with a group as Kubernetes sees it. */
export function subjectFinding(prefix: string, group: string): Finding | undefined {
  const subject = subjectName(prefix, group);
  if (!subject.startsWith(RESERVED)) return undefined;
  return {
    message: "People of this group would be a group of Kubernetes' own, such as system:masters.",
    given: shown(subject),
    allowed: "a prefix and group that do not start with 'system:' together",
    fix: 'Rename the group, or set a prefix such as okta:.',
  };
}

/**
 * What is wrong where an Okta group that the claim filter lets through would arrive as one of Kubernetes' own.
 * @param startsWith the claim filter; undefined where it is not known, and then a prefix is needed that leaves no doubt.
 */
export function arrivingGroupFinding(prefix: string, startsWith: string | undefined): Finding | undefined {
  const rest = restOf(RESERVED, prefix);
  if (rest === undefined || (startsWith === undefined && prefix === '')) return undefined;
  const filter = withoutCase(startsWith ?? '');
  if (!rest.startsWith(filter) && !filter.startsWith(rest)) return undefined;
  const masters = `${rest}masters`;
  const group = masters.startsWith(filter) ? masters : filter;
  return {
    message: `An Okta group ${shown(group)} would be ${shown(subjectName(prefix, group))} in Kubernetes, which keeps such names for groups of its own.`,
    given: `prefix ${shown(prefix)}${startsWith === undefined ? '' : ` and filter ${shown(startsWith)}, in which Okta ignores case`}`,
    allowed: "a prefix and a filter by which no group starts with 'system:'",
    fix: 'Set the prefix of groups, for example to the default okta:.',
  };
}

/** Claims whose values Okta makes sure of: an e-mail address, which has no colon, and its own id, such as 00u1a2b3c. */
const SAFE_CLAIMS: readonly string[] = ['email', 'sub'];

/** Whose users start so, with one of them. */
const USERS = [
  { start: RESERVED, owner: "Kubernetes' own", example: 'system:kube-scheduler' },
  { start: EKS, owner: "EKS' own, whom guards let pass", example: 'eks:node-manager' },
];

/** What is wrong where a claim of a person could make them arrive as a user of Kubernetes or EKS. */
export function arrivingUserFinding(prefix: string, claim: string): Finding | undefined {
  if (SAFE_CLAIMS.includes(claim)) return undefined;
  const [found] = USERS.flatMap((users) => {
    const rest = restOf(users.start, prefix);
    return rest === undefined ? [] : [{ ...users, rest }];
  });
  if (found === undefined) return undefined;
  const { start, owner, example, rest } = found;
  return {
    message: `A person whose claim ${shown(claim)} starts with ${shown(rest)} would be a user of ${owner}, such as ${shown(example)}.`,
    given: `prefix ${shown(prefix)} and claim ${shown(claim)}`,
    allowed: `a prefix by which no user name starts with ${shown(start)}, or the claim ${SAFE_CLAIMS.join(' or ')}`,
    fix: 'Set the prefix of user names, for example to the default okta:.',
  };
}

/** What has to follow a prefix so that both are the start of a name; undefined where nothing can. */
function restOf(start: string, prefix: string): string | undefined {
  return start.startsWith(prefix) && prefix !== start ? start.slice(prefix.length) : undefined;
}
