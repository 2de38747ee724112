import type { DiffRow } from '../../model/review/diff';

/** A row of the matrix with changes. */
export function row(changes: Partial<DiffRow> = {}): DiffRow {
  return { group: 'eks-admins', cluster: 'prod', namespace: null, role: 'view', sensitive: [], ...changes };
}

/** A sensitive row in a namespace, and a row for a whole cluster. */
export const ROWS: readonly DiffRow[] = [
  row({ role: 'edit', namespace: 'team-a', sensitive: ['read-secrets', 'pod-exec'] }),
  row({ group: 'eks-auditors', cluster: 'eu-west' }),
];

/** The rows of a large fleet. */
export function manyRows(count: number): readonly DiffRow[] {
  return Array.from({ length: count }, (_, index) =>
    row({
      group: `eks-group-${index % 100}`,
      cluster: `cluster-${Math.floor(index / 100)}`,
      role: 'edit',
      sensitive: ['read-secrets', 'pod-exec', 'impersonate', 'create-tokens'],
    }),
  );
}
