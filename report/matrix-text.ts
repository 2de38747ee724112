import { styleText } from 'node:util';
import { abbreviated } from '../constraints/abbreviated';
import { escaped } from '../constraints/finding';
import type { MatrixRow } from '../model/review/matrix';
import { becomesWords, MAY, type MatrixReport, matrixCounts, peopleOf, placeWords } from './matrix-report';
import { tableLines } from './table-text';

/** People in a line; other formats contain all of them. */
const MOST_PEOPLE = 5;

/**
 * Who has which role where, for a terminal: one line for each group, cluster, namespace and role, then administrators by
 * IAM, members, and reasons.
 */
export function matrixText(report: MatrixReport): string {
  const heading = `${escaped(report.file)} on ${report.day}: ${matrixCounts(report)}\n`;
  if (report.rows.length === 0) return `${heading}\nNobody has a role anywhere.\n`;
  const groups = report.rows.filter(({ kind }) => kind === 'group');
  const administrators = report.rows.filter(({ kind }) => kind === 'iam-role');
  const sections = [
    section(
      undefined,
      ['GROUP', 'CLUSTER', 'NAMESPACE', 'ROLE', 'UNTIL', 'CAN BECOME', 'SENSITIVE'],
      groups.map(groupCells),
    ),
    section(
      'Administrators by IAM: cluster-admin on the whole cluster, without Okta',
      ['CLUSTER', 'IAM ROLE', 'UNTIL', 'BY'],
      administrators.map(({ cluster, name, until, via }) => [cluster, name, until ?? '', via]),
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
  const may = groups.some(({ becomes }) => becomes.some(({ certain }) => !certain)) ? `\n${MAY}\n` : '';
  return `${heading}${sections.join('')}${may}`;
}

function groupCells({ name, cluster, namespace, role, until, becomes, sensitive }: MatrixRow): readonly string[] {
  return [name, cluster, placeWords(namespace), role, until ?? '', first(becomes.map(becomesWords)), first(sensitive)];
}

/** The first text, and how many follow, so that a line fits a terminal of 100 columns. */
function first(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts[0]} and ${texts.length - 1} more`;
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
