import type { MatrixRow } from '../model/review/matrix';

/** Who has which role where, for programs, with exactly these keys in this order. The namespace is null for the whole cluster. */
export function matrixJson(rows: readonly MatrixRow[]): string {
  return `${JSON.stringify(matrixRecords(rows), null, 2)}\n`;
}

/** The rows for programs. */
export function matrixRecords(rows: readonly MatrixRow[]): readonly object[] {
  return rows.map(record);
}

/** A row without `guards`, which JSON does not have, and without `group` for an IAM role. */
function record(row: MatrixRow): Omit<MatrixRow, 'guards'> {
  const { kind, name, group, cluster, namespace, role, sensitive, becomes, until, reason, people, via } = row;
  return { kind, name, group, cluster, namespace, role, sensitive, becomes, until, reason, people, via };
}
