import { shown } from '../../../constraints/finding';
import { SENSITIVE_PERMISSIONS, type SensitivePermission } from '../../../rbac/sensitive-permissions';
import { groupBy } from '../../derived/group-by';
import { grantSummaries } from '../../derived/placements';
import { pathInside, pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** Grants and roles accept only permissions that they give. */
export const uselessAccept: Check = {
  name: 'useless-accept',
  severity: 'warning',
  reason: 'If accept names a permission that the role does not give, nobody notices when the role gives it later.',
  fix: 'Remove the permission from accept.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  requires: ['grants', 'clusters', 'roles'],
  find: (access) => {
    const summaries = grantSummaries(access);
    const byRole = groupBy(summaries, ({ grant }) => grant.role);
    return [
      ...Object.entries(access.roles).flatMap(([name, { accept }]) => {
        const grants = byRole.get(name) ?? [];
        // A role without a grant gives nothing yet.
        if (grants.length === 0) return [];
        const given = new Set(grants.flatMap(({ permissions }) => permissions));
        return useless(accept, [...given], name, pathText(['roles', name]));
      }),
      ...summaries.flatMap(({ grant, permissions }) => useless(grant.accept, permissions, grant.role, grant.path)),
    ];
  },
};

/** The findings about what `accept` names without effect. Boundaries are not judged here: they depend on paths. */
function useless(
  accept: Readonly<Record<string, unknown>>,
  permissions: readonly SensitivePermission[],
  role: string,
  path: string,
): readonly PlacedFinding[] {
  const given: ReadonlySet<string> = new Set(permissions);
  return SENSITIVE_PERMISSIONS.filter((name) => Object.hasOwn(accept, name) && !given.has(name)).map((name) => ({
    path: pathInside(`${path}.accept`, name),
    message: `The role ${shown(role)} does not give ${name} where it is granted.`,
    given: name,
    allowed: permissions.join(', ') || 'nothing: the role gives no sensitive permission there',
    fix: 'Remove it from accept.',
  }));
}
