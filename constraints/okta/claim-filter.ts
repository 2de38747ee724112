import { type Finding, shown } from '../finding';

/** Checks that the groups claim includes a granted group, and that Kubernetes sees the same prefix. */
export function claimFilterFinding(group: string, startsWith: string): Finding | undefined {
  if (group.startsWith(startsWith)) return undefined;
  const onlyCase = group.toLowerCase().startsWith(startsWith.toLowerCase());
  return {
    message: onlyCase
      ? `The group ${shown(group)} matches the claim filter only because Okta ignores case, which Kubernetes does not.`
      : `The group ${shown(group)} is never in the token, because the claim filter excludes it.`,
    given: shown(group),
    allowed: `a group name that starts with ${shown(startsWith)}, in the same case`,
    fix: onlyCase
      ? `Start the name of the group with ${shown(startsWith)}, in Okta too, or set groupsClaim.startsWith to its spelling.`
      : 'Rename the group, or set groupsClaim.startsWith to a start that all granted groups share.',
  };
}

/** A filter as Okta compares it, ignoring case. Upper case comes first, because ſ is also a lowercase S. */
export function withoutCase(filter: string): string {
  return filter.toUpperCase().toLowerCase();
}
