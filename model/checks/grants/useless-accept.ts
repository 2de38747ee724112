import { shown } from '../../../constraints/finding';
import { BOUNDARIES, type Boundary } from '../../../rbac/boundary';
import { SENSITIVE_PERMISSIONS, UNKNOWN_RULES } from '../../../rbac/sensitive-permissions';
import type { Access } from '../../derived/access';
import { type Crossing, crossings } from '../../derived/crossings';
import { groupBy } from '../../derived/group-by';
import { grantSummaries, type Placement } from '../../derived/placements';
import type { Grant } from '../../file/parsed-file';
import { pathInside, pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** Grants and roles accept only permissions that they give. */
export const uselessAccept: Check = {
  name: 'useless-accept',
  severity: 'warning',
  reason: 'If accept names a permission that the role does not give, nobody notices when the role gives it later.',
  fix: 'Remove the permission from accept.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  requires: ['grants', 'clusters', 'roles', 'namespaces', 'guards'],
  find: (access) => {
    const crossed = boundariesByGrant(access);
    const summaries = grantSummaries(access).map(({ grant, permissions }) => ({
      grant,
      permissions: [...permissions, ...(crossed.get(grant) ?? [])],
    }));
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

/**
 * The boundaries that the permissions of each grant help to cross, or cross alone: a path names one of several grants that
 * lead to the same.
 */
function boundariesByGrant(access: Access): ReadonlyMap<Grant, ReadonlySet<Boundary>> {
  const boundaries = new Map<Grant, Set<Boundary>>();
  const add = (found: readonly Crossing[]) => {
    for (const { boundary, causes } of found) {
      for (const { grant } of causes) boundaries.set(grant, (boundaries.get(grant) ?? new Set()).add(boundary));
    }
  };
  add(crossings(access));
  for (const [grant, placements] of groupBy(access.placements, ({ grant }) => grant)) {
    const { accepted } = placements[0] as Placement;
    const isOpen = (boundary: Boundary) => Object.hasOwn(accepted, boundary) && !boundaries.get(grant)?.has(boundary);
    if (BOUNDARIES.some(isOpen)) add(crossings({ ...access, placements }));
  }
  return boundaries;
}

/** The findings about what `accept` names without effect. */
function useless(
  accept: Readonly<Record<string, unknown>>,
  permissions: readonly string[],
  role: string,
  path: string,
): readonly PlacedFinding[] {
  const given: ReadonlySet<string> = new Set(permissions);
  return [...SENSITIVE_PERMISSIONS, ...BOUNDARIES, UNKNOWN_RULES]
    .filter((name) => Object.hasOwn(accept, name) && !given.has(name))
    .map((name) => ({
      path: pathInside(`${path}.accept`, name),
      message: `The role ${shown(role)} does not give ${name} where it is granted.`,
      given: name,
      allowed: permissions.join(', ') || 'nothing: the role gives no sensitive permission there',
      fix: 'Remove it from accept.',
    }));
}
