import type { MatrixRow } from '../model/review/matrix';
import { csvList, csvText } from './csv';
import { becomesWords, peopleOf } from './matrix-report';

const COLUMNS = [
  'kind',
  'name',
  'group',
  'cluster',
  'namespace',
  'role',
  'sensitive',
  'becomes',
  'until',
  'reason',
  'people',
  'guards',
  'via',
];

/**
 * Who has which role where, for spreadsheets. The namespace is empty for the whole cluster; lists are separated by `;`.
 * @param more further columns, the same in every row. @default - none
 */
export function matrixCsv(rows: readonly MatrixRow[], more: Readonly<Record<string, string>> = {}): string {
  const records = rows.map((row) => [
    ...[row.kind, row.name, row.group ?? '', row.cluster, row.namespace ?? '', row.role],
    ...[csvList(row.sensitive), csvList(row.becomes.map(becomesWords)), row.until ?? '', row.reason ?? ''],
    ...[csvList(peopleOf(row)), csvList(row.guards), row.via],
    ...Object.values(more),
  ]);
  return csvText([...COLUMNS, ...Object.keys(more)], records);
}
