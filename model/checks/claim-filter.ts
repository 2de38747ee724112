import type { Check } from '../check';
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

/** A granted group has to pass the filter of the groups claim. */
export const claimFilter: Check = {
  name: 'claim-filter',
  severity: 'error',
  reason: "A group that Okta's claim filter drops never reaches Kubernetes, so its grants do nothing.",
  fix: 'Name granted groups so that they start with groupsClaim.startsWith, case included.',
  source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
  restsOn: ['groupsClaim'],
  find: ({ grants, groupsClaim }) =>
    grants.flatMap(({ group, path }) => {
      const finding = claimFilterFinding(group, groupsClaim.startsWith);
      return finding === undefined ? [] : [{ ...finding, path: `${path}.group` }];
    }),
};
