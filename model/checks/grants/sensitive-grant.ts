import { shown } from '../../../constraints/finding';
import { leadsTo, type SensitivePermission, UNKNOWN_RULES } from '../../../rbac/sensitive-permissions';
import { grantSummaries } from '../../derived/placements';
import type { Check } from '../check';

/** Whoever grants a sensitive permission accepts it by name. */
export const sensitiveGrant: Check = {
  name: 'sensitive-grant',
  severity: 'warning',
  reason: 'A sensitive permission leads to more access than it states, so the grant should say why it is needed.',
  fix: 'Grant a role with fewer permissions, or accept each permission by name with a reason, in the grant or in the role; wildcards covers all others.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  requires: ['grants', 'clusters', 'roles'],
  find: (access) =>
    grantSummaries(access).flatMap(({ grant, permissions, accepted }) => {
      const acceptsAll = permissions.includes('wildcards') && Object.hasOwn(accepted, 'wildcards');
      const open = permissions.filter(
        // The check unknown-rules reports rules that nobody knows.
        (permission) => permission !== UNKNOWN_RULES && !acceptsAll && !Object.hasOwn(accepted, permission),
      );
      if (open.length === 0) return [];
      return [
        {
          path: grant.path,
          message: `The role ${shown(grant.role)} gives the group ${shown(grant.group)} sensitive permissions: ${consequences(open)}.`,
          given: open.join(', '),
          allowed: 'permissions that are not sensitive, or that accept names with a reason',
          fix: `Grant a role with fewer permissions, or add accept: { ${acceptEntries(open).join(', ')} }.`,
        },
      ];
    }),
};

/** The entries of `accept` that cover permissions; wildcards covers all of them. */
function acceptEntries(permissions: readonly SensitivePermission[]): readonly string[] {
  const names = permissions.includes('wildcards') ? (['wildcards'] as const) : permissions;
  return names.map((name) => `${shown(name)}: 'the reason'`);
}

/** Up to four permissions with what they lead to; more than four by name only, so that the message stays readable. */
function consequences(permissions: readonly SensitivePermission[]): string {
  if (permissions.length > 4) return permissions.join(', ');
  return permissions.map((permission) => `${permission} leads to ${leadsTo(permission)}`).join('; ');
}
