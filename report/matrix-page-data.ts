import { compare } from '../constraints/compare';
import { escaped } from '../constraints/finding';
import type { MatrixRow } from '../model/review/matrix';
import { LEVELS, type RowLevels } from './matrix-levels';
import { becomesWords, type MatrixReport, peopleOf } from './matrix-report';

/** Whoever has a role, as the page's script reads it. */
interface Who {
  readonly name: string;
  readonly iam: boolean;
  /** Logins, or how the people are chosen. */
  readonly people: readonly string[];
  /** Whether `people` are logins. */
  readonly listed: boolean;
}

/** Why somebody has a role: the line of the file with its last day and reason, empty if there is none. */
interface Line {
  readonly via: string;
  readonly until: string;
  readonly reason: string;
}

/**
 * The matrix as the page's script reads it: each text once, and rows as numbers that refer to the texts, a tenth of the
 * size for a large fleet. Invisible characters of texts are escaped.
 */
export interface MatrixPageData {
  readonly levels: typeof LEVELS;
  /** The last of the 30 days from the day of the report. */
  readonly endsBy: string;
  readonly who: readonly Who[];
  readonly clusters: readonly string[];
  /** The empty text is the whole cluster. */
  readonly namespaces: readonly string[];
  readonly roles: readonly string[];
  /** Lists of what somebody can become; an entry that ends with `?` is not certain. */
  readonly becomes: readonly (readonly string[])[];
  readonly sensitive: readonly (readonly string[])[];
  readonly guards: readonly (readonly string[])[];
  readonly lines: readonly Line[];
  /** For each row: who, cluster, namespace, role, becomes, sensitive, guards, line, certain level, and level that may be. */
  readonly rows: readonly number[];
}

/** The data of the page's script. */
export function matrixPageData({ day, rows }: MatrixReport, levels: readonly RowLevels[]): MatrixPageData {
  const who = table(rows, ({ kind, name }) => JSON.stringify([kind, name]), whoOf);
  const clusters = table(rows, ({ cluster }) => cluster, escapedKey);
  const namespaces = table(rows, ({ namespace }) => namespace ?? '', escapedKey);
  const roles = table(rows, ({ role }) => role, escapedKey);
  const becomes = listTable(rows, (row) => row.becomes, becomesWords);
  const sensitive = listTable(rows, (row) => row.sensitive, String);
  const guards = listTable(rows, (row) => row.guards, String);
  const lines = table(rows, ({ via }) => via, lineOf);
  const columns = [who, clusters, namespaces, roles, becomes, sensitive, guards, lines];
  return {
    levels: LEVELS,
    endsBy: new Date(Date.parse(day) + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10),
    who: who.values,
    clusters: clusters.values,
    namespaces: namespaces.values,
    roles: roles.values,
    becomes: becomes.values,
    sensitive: sensitive.values,
    guards: guards.values,
    lines: lines.values,
    rows: rows.flatMap((row, at) => [
      ...columns.map(({ numberOf }) => numberOf(row)),
      levels[at]?.certain ?? 0,
      levels[at]?.may ?? 0,
    ]),
  };
}

interface Table<Value> {
  readonly values: readonly Value[];
  readonly numberOf: (row: MatrixRow) => number;
}

/** The values of a column, each once, sorted by their keys, so that the script sorts rows by number. */
function table<Value>(
  rows: readonly MatrixRow[],
  keyOf: (row: MatrixRow) => string,
  toValue: (row: MatrixRow, key: string) => Value,
  order: (a: string, b: string) => number = compare,
): Table<Value> {
  const first = new Map<string, MatrixRow>();
  for (const row of rows) {
    const key = keyOf(row);
    if (!first.has(key)) first.set(key, row);
  }
  const keys = [...first.keys()].sort(order);
  const numbers = new Map(keys.map((key, number) => [key, number]));
  return {
    values: keys.map((key) => toValue(first.get(key) as MatrixRow, key)),
    numberOf: (row) => numbers.get(keyOf(row)) ?? 0,
  };
}

/** A column of lists, the longest last. Many rows share a list, so its text is made once. */
function listTable<Item>(
  rows: readonly MatrixRow[],
  listOf: (row: MatrixRow) => readonly Item[],
  words: (item: Item) => string,
): Table<readonly string[]> {
  const known = new Map<readonly Item[], string>();
  const keyOf = (row: MatrixRow) => {
    const list = listOf(row);
    const key = known.get(list) ?? list.map(words).join('\n');
    known.set(list, key);
    return key;
  };
  const length = (key: string) => (key === '' ? 0 : key.split('\n').length);
  return table(
    rows,
    keyOf,
    (row) => listOf(row).map((item) => escaped(words(item))),
    (a, b) => length(a) - length(b) || compare(a, b),
  );
}

function escapedKey(_row: MatrixRow, key: string): string {
  return escaped(key);
}

function whoOf(row: MatrixRow): Who {
  const listed = typeof row.people !== 'string';
  return { name: escaped(row.name), iam: row.kind === 'iam-role', people: peopleOf(row).map(escaped), listed };
}

function lineOf({ via, until, reason }: MatrixRow): Line {
  return { via: escaped(via), until: until ?? '', reason: escaped(reason ?? '') };
}
