import type { Day } from '../model';
import type { MatrixRow } from '../model/review/matrix';
import { counted } from './words';

/** The matrix of an access file, and where it comes from. */
export interface MatrixReport {
  /** The access file as the user named it. */
  readonly file: string;
  /** The day on which the file was evaluated. */
  readonly day: Day;
  readonly rows: readonly MatrixRow[];
}

/** The numbers of groups, clusters and rows. */
export function matrixCounts({ rows }: MatrixReport): string {
  const groups = new Set(rows.map(({ group }) => group)).size;
  const clusters = new Set(rows.map(({ cluster }) => cluster)).size;
  return `${counted(groups, 'group')}, ${counted(clusters, 'cluster')}, ${counted(rows.length, 'row')}`;
}

/** The namespace of a row, or `whole cluster`, which cannot be the name of a namespace. */
export function placeWords(namespace: string | null): string {
  return namespace ?? 'whole cluster';
}
