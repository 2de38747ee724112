import { shown } from '../../../constraints/finding';
import type { SensitivePermission } from '../../../rbac/sensitive-permissions';
import { permissionsByGrant } from '../../derived/placements';
import type { Check } from '../check';

/** A grant accepts only permissions that its role gives. */
export const uselessAccept: Check = {
  name: 'useless-accept',
  severity: 'warning',
  reason: 'If accept names a permission that the role does not give, nobody notices when the role gives it later.',
  fix: 'Remove the permission from accept.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  requires: ['grants', 'clusters', 'roles'],
  find: (access) => {
    const permissionsOf = permissionsByGrant(access);
    return access.grants.flatMap((grant) => {
      const permissions = permissionsOf.get(grant) ?? [];
      return Object.keys(grant.accept)
        .filter((name) => !permissions.includes(name as SensitivePermission))
        .map((name) => ({
          path: `${grant.path}.accept.${name}`,
          message: `The role ${shown(grant.role)} does not give ${name} where it is granted.`,
          given: name,
          allowed: permissions.join(', ') || 'nothing: the role gives no sensitive permission there',
          fix: 'Remove it from accept.',
        }));
    });
  },
};
