import { claimFilterFinding, filterPatternFinding } from '../../../constraints/okta/claim-filter';
import { expressionFindings } from '../../../constraints/okta/expression-findings';
import type { Access } from '../../derived/access';
import type { Check, PlacedFinding } from '../check';

/** The groups claim includes each granted group. */
export const claimFilter: Check = {
  name: 'claim-filter',
  severity: 'error',
  reason: 'A group that the claim filter excludes is never in a token, so its grants have no effect.',
  fix: 'Start the name of each granted group with groupsClaim.startsWith, or match it with groupsClaim.matches.',
  source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
  requires: ['groupsClaim'],
  find: (access) => [
    ...ownFindings(access),
    ...access.grants.flatMap(({ group, path }) => {
      const finding = claimFilterFinding(group, access.groupsClaim);
      return finding === undefined ? [] : [{ ...finding, path: `${path}.group` }];
    }),
  ],
};

/** The findings about the filter itself. */
function ownFindings({ groups, groupsClaim }: Access): readonly PlacedFinding[] {
  if ('matches' in groupsClaim) {
    const finding = filterPatternFinding(groupsClaim.matches, Object.keys(groups));
    return finding === undefined ? [] : [{ ...finding, path: 'groupsClaim.matches' }];
  }
  if (!('expression' in groupsClaim)) return [];
  return expressionFindings(groupsClaim.expression, 'claim').flatMap(({ severity, finding }) =>
    severity === 'error' ? [{ ...finding, path: 'groupsClaim.expression' }] : [],
  );
}
