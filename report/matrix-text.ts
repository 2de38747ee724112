import { styleText } from 'node:util';
import { escaped } from '../constraints/finding';
import { type MatrixReport, matrixCounts, placeWords } from './matrix-report';
import { tableText } from './table-text';

/** Who has which role where, for a terminal: a line for each group, cluster, namespace and role, all of them. */
export function matrixText(report: MatrixReport): string {
  const heading = `${escaped(report.file)} on ${report.day}: ${matrixCounts(report)}\n`;
  if (report.rows.length === 0) return `${heading}\nNobody has a role anywhere.\n`;
  const table = tableText([
    ['GROUP', 'CLUSTER', 'NAMESPACE', 'ROLE', 'SENSITIVE'],
    ...report.rows.map(({ group, cluster, namespace, role, sensitive }) => [
      escaped(group),
      escaped(cluster),
      placeWords(namespace),
      escaped(role),
      sensitive.join(', '),
    ]),
  ]);
  const end = table.indexOf('\n');
  // Styled once the columns are aligned: colours would count as width.
  return `${heading}\n${styleText('bold', table.slice(0, end))}${table.slice(end)}`;
}
