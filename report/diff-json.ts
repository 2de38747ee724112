import type { AccessDiff, DiffRow } from '../model/diff';
import { matrixRecord } from './matrix-json';

/** Who gains and who loses what, as rows of the matrix; `who` is in those that are not about a whole group. */
export function diffJson({ gains, losses }: AccessDiff): string {
  return `${JSON.stringify({ gains: gains.map(record), losses: losses.map(record) }, null, 2)}\n`;
}

function record(row: DiffRow): DiffRow {
  return row.who === undefined ? matrixRecord(row) : { ...matrixRecord(row), who: row.who };
}
