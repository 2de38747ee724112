import { type Finding, shown } from '../finding';

/** What is wrong with a granted group that the groups claim would leave out of the token, or spell apart from RBAC. */
export function claimFilterFinding(group: string, startsWith: string): Finding | undefined {
  if (group.startsWith(startsWith)) return undefined;
  const onlyCase = group.toLowerCase().startsWith(startsWith.toLowerCase());
  return {
    message: onlyCase
      ? `The group ${shown(group)} matches the claim filter only because Okta ignores case there; Kubernetes does not.`
      : `The group ${shown(group)} is never in the token, because the claim filter drops it.`,
    given: shown(group),
    allowed: `a group name that starts with ${shown(startsWith)}, in this case of letters`,
    fix: onlyCase
      ? `Spell the start of the group as ${shown(startsWith)}, in Okta too, or groupsClaim.startsWith as the group does.`
      : 'Rename the group, or set groupsClaim.startsWith to what all granted groups start with.',
  };
}

/** A filter as Okta compares it. By way of capitals, because ſ is a small S to whoever ignores case. */
export function withoutCase(filter: string): string {
  return filter.toUpperCase().toLowerCase();
}
