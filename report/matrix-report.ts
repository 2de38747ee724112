import type { Day } from '../model';
import type { Becomes } from '../model/review/becomes';
import type { MatrixRow } from '../model/review/matrix';
import { counted } from './words';

/** The matrix of an access file, and where it comes from. */
export interface MatrixReport {
  /** The access file as the user named it. */
  readonly file: string;
  /** The day on which the file was evaluated. */
  readonly day: Day;
  readonly rows: readonly MatrixRow[];
  /** What a reader must know about all rows. @default - nothing */
  readonly notes?: readonly string[];
}

/** The numbers of groups, administrators by IAM, clusters and rows. */
export function matrixCounts({ rows }: MatrixReport): string {
  const names = (kind: MatrixRow['kind']) => new Set(rows.flatMap((row) => (row.kind === kind ? [row.name] : []))).size;
  const clusters = new Set(rows.map(({ cluster }) => cluster)).size;
  return [
    counted(names('group'), 'group'),
    counted(names('iam-role'), 'administrator by IAM', 'administrators by IAM'),
    counted(clusters, 'cluster'),
    counted(rows.length, 'row'),
  ].join(', ');
}

/** The namespace of a row, or `whole cluster`, which cannot be the name of a namespace. */
export function placeWords(namespace: string | null): string {
  return namespace ?? 'whole cluster';
}

/** What somebody can become; with `?` if it needs something that the file does not tell. */
export function becomesWords({ to, certain }: Becomes): string {
  return certain ? to : `${to}?`;
}

/** What `?` says about something that somebody can become. */
export const MAY = 'depends on what the access file does not tell, such as what runs in a namespace';

/** The people of a row: logins, or how they are chosen. */
export function peopleOf({ people }: Pick<MatrixRow, 'people'>): readonly string[] {
  return typeof people === 'string' ? [people] : people;
}
