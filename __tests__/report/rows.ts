import type { DiffRow } from '../../model/review/row-diff';

/** A row of a diff with changes. */
export function row(changes: Partial<DiffRow> = {}): DiffRow {
  return { group: 'eks-admins', cluster: 'prod', namespace: null, role: 'view', sensitive: [], ...changes };
}
