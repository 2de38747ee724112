import { shown } from '../../../constraints/finding';
import { leadsTo, type SensitivePermission } from '../../../rbac/sensitive-permissions';
import { permissionsByGrant } from '../../derived/placements';
import type { Check } from '../check';

/** A grant that leads to more than it says has to be meant. */
export const sensitiveGrant: Check = {
  name: 'sensitive-grant',
  severity: 'warning',
  reason: 'Some permissions lead to more than they say; who grants them should say why.',
  fix: 'Grant a smaller role, or accept each permission by name with a reason; wildcards takes in all others.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  restsOn: ['grants', 'clusters', 'roles'],
  find: (access) => {
    const permissionsOf = permissionsByGrant(access);
    return access.grants.flatMap((grant) => {
      const { accept } = grant;
      const permissions = permissionsOf.get(grant) ?? [];
      const acceptsAll = permissions.includes('wildcards') && Object.hasOwn(accept, 'wildcards');
      const open = permissions.filter((permission) => !acceptsAll && !Object.hasOwn(accept, permission));
      if (open.length === 0) return [];
      return [
        {
          path: grant.path,
          message: `${shown(grant.role)} lets ${shown(grant.group)} do more than it says: ${consequences(open)}.`,
          given: open.join(', '),
          allowed: 'permissions that are not sensitive, or those that accept names with a reason',
          fix: `Grant a smaller role, or add accept: { ${accepting(open).join(', ')} }.`,
        },
      ];
    });
  },
};

/** What of accept takes in permissions: wildcards all of them. */
function accepting(permissions: readonly SensitivePermission[]): readonly string[] {
  const names = permissions.includes('wildcards') ? (['wildcards'] as const) : permissions;
  return names.map((name) => `${shown(name)}: 'the reason'`);
}

/** A few with what they lead to; of many the names, which a reader can still take in. */
function consequences(permissions: readonly SensitivePermission[]): string {
  if (permissions.length > 4) return permissions.join(', ');
  return permissions.map((permission) => `${permission} leads to ${leadsTo(permission)}`).join('; ');
}
