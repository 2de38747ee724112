import { type Finding, shown } from '../finding';
import { withoutCase } from '../okta/claim-filter';

/** The Kubernetes group of break-glass access, which no Okta token may carry. */
export const BREAK_GLASS_GROUP = 'break-glass';

/** Checks that no token from Okta can carry the group of break-glass access. */
export function breakGlassGroupFinding(prefix: string, startsWith: string): Finding | undefined {
  const name = BREAK_GLASS_GROUP.slice(prefix.length);
  // Okta ignores case in the filter, Kubernetes does not in groups.
  const canCarry = BREAK_GLASS_GROUP.startsWith(prefix) && name.startsWith(withoutCase(startsWith));
  if (!canCarry) return undefined;
  return {
    message: `In Kubernetes, an Okta group ${shown(name)} would become ${shown(BREAK_GLASS_GROUP)}, which bypasses guards.`,
    given: `prefix ${shown(prefix)} and filter ${shown(startsWith)}`,
    allowed: `a prefix with which ${shown(BREAK_GLASS_GROUP)} does not start, or a filter that excludes ${shown(name)}`,
    fix: 'Set identityProvider.prefix, for example to okta:, the default.',
  };
}
