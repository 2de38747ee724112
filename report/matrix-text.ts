import { styleText } from 'node:util';
import { abbreviated } from '../constraints/abbreviated';
import { escaped } from '../constraints/finding';
import type { MatrixRow } from '../model/review/matrix';
import { LEVELS, type RowLevels, rowLevels } from './matrix-levels';
import { MAY, type MatrixReport, matrixCounts, peopleOf, placeWords } from './matrix-report';
import { tableLines } from './table-text';

/** People in a line; other formats contain all of them. */
const MOST_PEOPLE = 5;

/**
 * Who has which role where, for a terminal: one line for each group, cluster, namespace and role, then administrators by
 * IAM, members, and reasons.
 */
export function matrixText(report: MatrixReport): string {
  const notes = (report.notes ?? []).map((note) => `${escaped(note)}\n`).join('');
  const heading = `${escaped(report.file)} on ${report.day}: ${matrixCounts(report)}\n${notes}`;
  if (report.rows.length === 0) return `${heading}\nNobody has a role anywhere.\n`;
  const groups = report.rows.filter(({ kind }) => kind === 'group');
  const administrators = report.rows.filter(({ kind }) => kind === 'iam-role');
  const levels = rowLevels(groups);
  const sections = [
    section(
      undefined,
      ['GROUP', 'CLUSTER', 'NAMESPACE', 'ROLE', 'CAN BECOME', 'SENSITIVE', 'UNTIL'],
      groups.map((row, at) => groupCells(row, levels[at] as RowLevels)),
    ),
    section(
      'Administrators by IAM: cluster-admin on the whole cluster, without Okta',
      ['CLUSTER', 'IAM ROLE', 'BY', 'UNTIL'],
      administrators.map(({ cluster, name, until, via }) => [cluster, name, via, until ?? '']),
    ),
    section(
      'Members',
      ['GROUP', 'PEOPLE'],
      distinct(groups, ({ name }) => name).map((row) => [
        row.name,
        abbreviated(peopleOf(row), MOST_PEOPLE) || 'nobody',
      ]),
    ),
    section(
      'Reasons',
      ['BY', 'REASON'],
      distinct(report.rows, ({ via }) => via).flatMap(({ via, reason }) => (reason === null ? [] : [[via, reason]])),
    ),
  ];
  const may = levels.some((level) => level.may > 0) ? `\n?: ${MAY}\n` : '';
  return `${heading}${sections.join('')}${may}`;
}

/** The cells of a row, with only the worst and the number of what a list has, so that a line fits 100 columns. */
function groupCells(
  { name, cluster, namespace, role, until, sensitive }: MatrixRow,
  { certain, may }: RowLevels,
): readonly string[] {
  const becomes = [
    ...(certain >= FIRST_TARGET ? [levelName(certain)] : []),
    ...(may >= FIRST_TARGET ? [`${levelName(may)}?`] : []),
  ];
  const first = sensitive.length < 2 ? sensitive.join('') : `${sensitive[0]} +${sensitive.length - 1}`;
  return [name, cluster, placeWords(namespace), role, becomes.join(', '), first, until ?? ''];
}

/** The first level at which somebody becomes somebody else. */
const FIRST_TARGET = LEVELS.findIndex(({ name }) => name === 'other-namespace');

function levelName(level: number): string {
  return LEVELS[level]?.name ?? '';
}

/** A table under a title. Without lines, it is empty; a column without any text is left out. */
function section(title: string | undefined, heads: readonly string[], lines: readonly (readonly string[])[]): string {
  if (lines.length === 0) return '';
  const shown = heads.flatMap((_, column) => (lines.some((line) => line[column] !== '') ? [column] : []));
  const pick = (cells: readonly string[]) => shown.map((column) => escaped(cells[column] ?? ''));
  const [head = '', ...rest] = tableLines([pick(heads), ...lines.map(pick)]);
  return `\n${title === undefined ? '' : `${title}\n`}${[styleText('bold', head), ...rest].join('\n')}\n`;
}

/** The first row with each value. */
function distinct(rows: readonly MatrixRow[], identity: (row: MatrixRow) => string): readonly MatrixRow[] {
  return [...new Map(rows.toReversed().map((row) => [identity(row), row])).values()].reverse();
}
