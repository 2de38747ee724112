import { abbreviated } from '../constraints/abbreviated';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import type { MatrixRow } from '../model/review/matrix';
import { cellCode, code, comment, words } from './markdown';
import { becomesWords, MAY, type MatrixReport, matrixCounts, peopleOf, placeWords } from './matrix-report';

/** People, and what somebody can become, in a cell; other formats contain all of them. */
const MOST_IN_A_CELL = 5;

/** Who has which role where, for a comment on a pull request. Rows that do not fit are left out and counted. */
export function matrixMarkdown(report: MatrixReport): string {
  const may = report.rows.some(({ becomes }) => becomes.some(({ certain }) => !certain)) ? `\n\`?\`: ${MAY}.\n` : '';
  const notes = (report.notes ?? []).map((note) => `\n${words(note)}\n`).join('');
  const heading = `### Who has which role where

${code(report.file)} on ${report.day}: ${matrixCounts(report)}. ${WORST_CASE_REVOCATION.text}
${notes}${may}`;
  if (report.rows.length === 0) return `${heading}\nNobody has a role anywhere.\n`;
  const table = `
| Group or IAM role | Cluster | Namespace | Role | Can become | Sensitive permissions | Until | People | Reason | Guards | By |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
`;
  return comment(heading + table, report.rows.map(line), 'row');
}

function line(row: MatrixRow): string {
  const { name, cluster, namespace, role, becomes, sensitive, until, reason, guards, via } = row;
  const codes = (texts: readonly string[]) => texts.map(cellCode).join(', ');
  const people = peopleOf(row);
  const cells = [
    ...[cellCode(name), cellCode(cluster), namespace === null ? placeWords(null) : cellCode(namespace), cellCode(role)],
    ...[
      abbreviated(
        becomes.map((target) => cellCode(becomesWords(target))),
        MOST_IN_A_CELL,
      ),
      sensitive.join(', '),
      until ?? '',
    ],
    people.length === 0 ? 'nobody' : cellCode(abbreviated(people, MOST_IN_A_CELL)),
    ...[reason === null ? '' : cellCode(reason), codes(guards), cellCode(via)],
  ];
  return `| ${cells.join(' | ')} |`;
}
