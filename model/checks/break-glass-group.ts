import { eksClusters } from '../access';
import { BREAK_GLASS_GROUP } from '../break-glass';
import type { Check } from '../check';
import { type Finding, shown } from '../finding';
import { guardsOf, hasGuards } from '../guards';
import { pathText } from '../path';
import { withoutCase } from './reserved-prefix';

/** What is wrong where a token from Okta could carry the group of break-glass. */
export function breakGlassGroupFinding(prefix: string, startsWith: string): Finding | undefined {
  const name = BREAK_GLASS_GROUP.slice(prefix.length);
  // Okta ignores case in the filter; a group's own case has to be right.
  const canCarry = BREAK_GLASS_GROUP.startsWith(prefix) && name.startsWith(withoutCase(startsWith));
  if (!canCarry) return undefined;
  return {
    message: `An Okta group ${shown(name)} would be the group ${shown(BREAK_GLASS_GROUP)} in Kubernetes, which guards let pass.`,
    given: `prefix ${shown(prefix)} and filter ${shown(startsWith)}`,
    allowed: `a prefix that ${shown(BREAK_GLASS_GROUP)} does not start with, or a filter that keeps ${shown(name)} out`,
    fix: 'Set identityProvider.prefix, for example to the default okta:.',
  };
}

/** No token from Okta may carry the group of break-glass. */
export const breakGlassGroup: Check = {
  name: 'break-glass-group',
  severity: 'error',
  reason: 'Guards spare the group of break-glass, so whoever could carry it by Okta would pass every guard.',
  fix: 'Set a prefix, or a claim filter that the group of break-glass does not pass.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
  restsOn: ['identityProvider', 'groupsClaim'],
  find: (access) => {
    const used = eksClusters(access).find(([, { breakGlass }]) => breakGlass !== undefined);
    const guarded = Object.entries(access.clusters).find(([, cluster]) => hasGuards(guardsOf(access, cluster)));
    const finding = breakGlassGroupFinding(access.identityProvider.prefix.groups, access.groupsClaim.startsWith);
    if (finding === undefined || (used === undefined && guarded === undefined)) return [];
    const path = used === undefined ? 'identityProvider.prefix' : pathText(['clusters', used[0], 'breakGlass']);
    return [{ ...finding, path }];
  },
};
