import { shown } from '../../../constraints/finding';
import { UNKNOWN_RULES } from '../../../rbac/sensitive-permissions';
import { grantSummaries } from '../../derived/placements';
import type { Check } from '../check';

/** Whoever grants a role that somebody else makes accepts that its rules are unknown. */
export const unknownRules: Check = {
  name: UNKNOWN_RULES,
  severity: 'warning',
  reason:
    'Somebody else makes the role and can change its rules at any time, so no report can tell what its groups may do.',
  fix: 'Define the role in the file, or add accept with unknown-rules and a reason to the role or the grant.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  requires: ['grants', 'clusters', 'roles'],
  find: (access) =>
    grantSummaries(access)
      .filter(
        ({ permissions, accepted }) => permissions.includes(UNKNOWN_RULES) && !Object.hasOwn(accepted, UNKNOWN_RULES),
      )
      .map(({ grant }) => ({
        path: `${grant.path}.role`,
        message: `Nobody can tell from the file what the role ${shown(grant.role)} gives the group ${shown(grant.group)}: somebody else makes it.`,
        given: shown(grant.role),
        allowed: 'a role with rules that the file or Kubernetes defines, or that accept names with a reason',
        fix: `Define the role in the file, or add accept: { 'unknown-rules': 'the reason' }.`,
      })),
};
