import { claimFilterFinding } from '../../../constraints/okta/claim-filter';
import type { Check } from '../check';

/** The groups claim includes each granted group. */
export const claimFilter: Check = {
  name: 'claim-filter',
  severity: 'error',
  reason: 'A group that the claim filter excludes is never in a token, so its grants have no effect.',
  fix: 'Start the name of each granted group with groupsClaim.startsWith, in the same case.',
  source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
  requires: ['groupsClaim'],
  find: ({ grants, groupsClaim }) =>
    grants.flatMap(({ group, path }) => {
      const finding = claimFilterFinding(group, groupsClaim.startsWith);
      return finding === undefined ? [] : [{ ...finding, path: `${path}.group` }];
    }),
};
