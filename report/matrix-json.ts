import type { MatrixRow } from '../model/review/matrix';

/** Who has which role where, for a program; the namespace is null for the whole cluster. */
export function matrixJson(rows: readonly MatrixRow[]): string {
  return `${JSON.stringify(rows.map(matrixRecord), null, 2)}\n`;
}

/** A row with the keys that programs rely on, in their order. */
export function matrixRecord({ group, cluster, namespace, role, sensitive }: MatrixRow): MatrixRow {
  return { group, cluster, namespace, role, sensitive };
}
