import type { MatrixRow } from '../model/review/matrix';
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
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function matrixCsv(rows: readonly MatrixRow[]): string {
  const records = rows.map((row) =>
    [
      ...[row.kind, row.name, row.group ?? '', row.cluster, row.namespace ?? '', row.role],
      ...[list(row.sensitive), list(row.becomes.map(becomesWords)), row.until ?? '', row.reason ?? ''],
      ...[list(peopleOf(row)), list(row.guards), row.via],
    ]
      .map(cell)
      .join(','),
  );
  return [COLUMNS.join(','), ...records].map((record) => `${record}\r\n`).join('');
}

/** A list in a cell. Each text is harmless by itself, because some spreadsheets begin a new cell at `;`. */
function list(texts: readonly string[]): string {
  return texts.map(withoutFormula).join(';');
}

function cell(text: string): string {
  const harmless = withoutFormula(text);
  return /[",;\p{Cc}]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * Keeps a spreadsheet from running a name as a formula, which could send the data elsewhere.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}
