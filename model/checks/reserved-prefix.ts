import type { Check } from '../check';
import { type Finding, shown } from '../finding';
import { subjectName } from '../subject';

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

/** Neither a prefix nor a subject may be one of Kubernetes' own. */
export const reservedPrefix: Check = {
  name: 'reserved-prefix',
  severity: 'error',
  reason: "Names with system: are Kubernetes' own: whoever carries one gets what the control plane may do.",
  fix: "Use a prefix without 'system:', such as the default okta:.",
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_OidcIdentityProviderConfigRequest.html',
  restsOn: [],
  find: ({ identityProvider: { prefix }, grants }) => {
    const prefixes = prefix.username === prefix.groups ? [prefix.groups] : [prefix.username, prefix.groups];
    const found = prefixes.flatMap((value) => {
      const finding = prefixFinding(value);
      return finding === undefined ? [] : [{ ...finding, path: 'identityProvider.prefix' }];
    });
    if (found.length > 0) return found;
    return grants.flatMap(({ group, path }) => {
      const finding = subjectFinding(prefix.groups, group);
      return finding === undefined ? [] : [{ ...finding, path: `${path}.group` }];
    });
  },
};
