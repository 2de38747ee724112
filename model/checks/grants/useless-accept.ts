import { shown } from '../../../constraints/finding';
import type { SensitivePermission } from '../../../rbac/sensitive-permissions';
import { permissionsByGrant } from '../../derived/placements';
import type { Check } from '../check';

/** What is accepted has to be there to be accepted. */
export const uselessAccept: Check = {
  name: 'useless-accept',
  severity: 'warning',
  reason: 'An accept of what the role does not give hides a permission that it may give later.',
  fix: 'Remove it from accept.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  restsOn: ['grants', 'clusters', 'roles'],
  find: (access) => {
    const permissionsOf = permissionsByGrant(access);
    return access.grants.flatMap((grant) => {
      const permissions = permissionsOf.get(grant) ?? [];
      return Object.keys(grant.accept)
        .filter((name) => !permissions.includes(name as SensitivePermission))
        .map((name) => ({
          path: `${grant.path}.accept.${name}`,
          message: `The role ${shown(grant.role)} does not give ${name} there.`,
          given: name,
          allowed: permissions.join(', ') || 'nothing: the role has no sensitive permission',
          fix: 'Remove it.',
        }));
    });
  },
};
