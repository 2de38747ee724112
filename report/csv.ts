/**
 * Records for spreadsheets.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvText(columns: readonly string[], records: readonly (readonly string[])[]): string {
  return [columns, ...records].map((record) => `${record.map(cell).join(',')}\r\n`).join('');
}

/** A list in a cell. Each text is harmless by itself, because some spreadsheets begin a new cell at `;`. */
export function csvList(texts: readonly string[]): string {
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
