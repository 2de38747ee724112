import { type Finding, shown } from '../finding';
import { withoutCase } from '../okta/claim-filter';

/** The Kubernetes group of break-glass access, which no Okta token can produce. */
export const BREAK_GLASS_GROUP = 'break-glass';

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
