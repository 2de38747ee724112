import type { MatrixRow } from '../model/review/matrix';

/**
 * Who has which role where, for spreadsheets. The namespace is empty for the whole cluster.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function matrixCsv(rows: readonly MatrixRow[]): string {
  const records = rows.map(({ group, cluster, namespace, role, sensitive }) =>
    [group, cluster, namespace ?? '', role, sensitive.join(';')].map(cell).join(','),
  );
  return ['group,cluster,namespace,role,sensitive', ...records].map((record) => `${record}\r\n`).join('');
}

function cell(text: string): string {
  const harmless = withoutFormula(text);
  return /[",\p{Cc}]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * Keeps a spreadsheet from running a name as a formula, which could send the data elsewhere.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}
