import type { AccessDiff, DiffRow } from '../model/review/diff';
import { matrixRecord } from './matrix-json';

/**
 * Who gains and who loses what as rows of the matrix, and other changes. A row has `who` if it is about people of a group instead
 * of the whole group.
 */
export function diffJson({ gains, losses, changes }: AccessDiff): string {
  const data = {
    gains: gains.map(record),
    losses: losses.map(record),
    changes: changes.map(({ path, old, new: now }) => ({ path, old, new: now })),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

function record(row: DiffRow): DiffRow {
  return row.who === undefined ? matrixRecord(row) : { ...matrixRecord(row), who: row.who };
}
