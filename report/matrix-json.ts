import type { MatrixRow } from '../model/review/matrix';

/** Who has which role where, for programs. The namespace is null for the whole cluster. */
export function matrixJson(rows: readonly MatrixRow[]): string {
  return `${JSON.stringify(rows.map(matrixRecord), null, 2)}\n`;
}

/** A row with exactly the keys that programs rely on, in this order. */
export function matrixRecord({ group, cluster, namespace, role, sensitive }: MatrixRow): MatrixRow {
  return { group, cluster, namespace, role, sensitive };
}
