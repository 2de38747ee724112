/** A value as plain data of JSON. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain | undefined };

/**
 * A text that every YAML reader takes for the same text without quotes. YAML 1.1, which kubectl reads, has more numbers,
 * days, and words for true and false than YAML 1.2.
 * @see https://yaml.org/type/bool.html
 */
const UNQUOTED = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)(--)?[a-z](?:[\w./@=+:-]*[\w./@=+-])?$/i;

/** A text, number, boolean, or null in YAML, on one line. */
export function yamlScalar(value: string | number | boolean | null): string {
  return typeof value === 'string' && UNQUOTED.test(value) ? value : JSON.stringify(value);
}

/** A value as lines of YAML in block style, without the indentation of the first column. */
export function yamlLines(value: Plain): readonly string[] {
  if (isList(value)) {
    if (value.length === 0) return ['[]'];
    return value.flatMap((item) => yamlLines(item).map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`)));
  }
  if (typeof value !== 'object' || value === null) return [yamlScalar(value)];
  const entries = Object.entries(value).flatMap(([key, entry]) => (entry === undefined ? [] : [[key, entry] as const]));
  if (entries.length === 0) return ['{}'];
  return entries.flatMap(([key, entry]) => yamlPair(key, entry));
}

/** A key with its value as lines of YAML. As kubectl does, items of a list are not indented. */
export function yamlPair(key: string, value: Plain): readonly string[] {
  const lines = yamlLines(value);
  if (!isBlock(value)) return [`${yamlScalar(key)}: ${lines[0]}`];
  return [`${yamlScalar(key)}:`, ...lines.map((line) => (isList(value) ? line : `  ${line}`))];
}

/** Whether a value takes lines of its own. */
function isBlock(value: Plain): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).some((entry) => entry !== undefined);
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
