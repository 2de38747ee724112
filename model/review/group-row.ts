import { compare } from '../../constraints/compare';
import type { Access } from '../derived/access';
import type { Placement } from '../derived/placements';

/** A role that a group has in one place. */
export type GroupRow = Pick<Placement, 'group' | 'cluster' | 'namespace' | 'role' | 'sensitive'>;

/** The row of a placement. */
export function groupRow({ group, cluster, namespace, role, sensitive }: Placement): GroupRow {
  return { group, cluster, namespace, role, sensitive };
}

/** Which group has which role where, sorted by group, cluster, namespace, and role. */
export function groupRows(access: Access): readonly GroupRow[] {
  return access.placements
    .map(groupRow)
    .sort(
      (a, b) =>
        compare(a.group, b.group) ||
        compare(a.cluster, b.cluster) ||
        compare(a.namespace ?? '', b.namespace ?? '') ||
        compare(a.role, b.role),
    );
}
