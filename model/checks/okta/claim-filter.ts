import { claimFilterFinding } from '../../../constraints/okta/claim-filter';
import type { Check } from '../check';

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
