import type { Day } from '../model';
import type { MatrixRow } from '../model/review/matrix';
import { counted } from './words';

/** The matrix of an access file with what a reader has to know of it. */
export interface MatrixReport {
  /** The access file as the user named it. */
  readonly file: string;
  /** The day that it was read for. */
  readonly day: Day;
  readonly rows: readonly MatrixRow[];
}

/** How many groups have how many roles on how many clusters. */
export function matrixCounts({ rows }: MatrixReport): string {
  const groups = new Set(rows.map(({ group }) => group)).size;
  const clusters = new Set(rows.map(({ cluster }) => cluster)).size;
  return `${counted(groups, 'group')}, ${counted(clusters, 'cluster')}, ${counted(rows.length, 'row')}`;
}

/** The place of a row within its cluster, as a person reads it; no namespace has a blank in its name. */
export function placeWords(namespace: string | null): string {
  return namespace ?? 'whole cluster';
}
