import { compare } from '../../constraints/compare';
import type { Access } from '../derived/access';
import type { Placement } from '../derived/placements';

/** A role that a group has in one place. */
export type MatrixRow = Omit<Placement, 'accepted' | 'grant' | 'rules'>;

/** Who has which role where, sorted by group, cluster, namespace, and role. */
export function accessMatrix(access: Access): readonly MatrixRow[] {
  return access.placements
    .map(matrixRow)
    .sort(
      (a, b) =>
        compare(a.group, b.group) ||
        compare(a.cluster, b.cluster) ||
        compare(a.namespace ?? '', b.namespace ?? '') ||
        compare(a.role, b.role),
    );
}

/** The row of a placement. */
export function matrixRow({ group, cluster, namespace, role, sensitive }: Placement): MatrixRow {
  return { group, cluster, namespace, role, sensitive };
}
