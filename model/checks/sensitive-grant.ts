import type { Check, PlacedFinding } from '../check';
import { shown } from '../finding';
import { grantedPermissions } from '../matrix';
import { leadsTo } from '../sensitive-permissions';

/** A grant that leads to more than it says has to be meant. */
export const sensitiveGrant: Check = {
  name: 'sensitive-grant',
  severity: 'warning',
  reason: 'Some permissions lead to more than they say; who grants them should say why.',
  fix: 'Grant a smaller role, or accept each permission by name with a reason; wildcards takes in all others.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  restsOn: ['grants', 'clusters', 'roles'],
  find: (access) => {
    const permissionsOf = grantedPermissions(access);
    return access.grants.flatMap((grant) => {
      const { accept } = grant;
      if (Object.hasOwn(accept, 'wildcards')) return [];
      const open = permissionsOf(grant).filter((permission) => !Object.hasOwn(accept, permission));
      return open.map(
        (permission): PlacedFinding => ({
          path: grant.path,
          message: `${shown(grant.role)} gives ${shown(grant.group)} ${permission}, which leads to ${leadsTo(permission)}.`,
          given: permission,
          allowed: 'permissions that are not sensitive, or those that accept names with a reason',
          fix: `Grant a smaller role, or add accept: { ${shown(permission)}: 'the reason' }.`,
        }),
      );
    });
  },
};
