import { styleText } from 'node:util';
import { escaped } from '../constraints/finding';
import { type MatrixReport, matrixCounts, placeWords } from './matrix-report';
import { tableLines } from './table-text';

/** Who has which role where, for a terminal: one line for each group, cluster, namespace and role. */
export function matrixText(report: MatrixReport): string {
  const heading = `${escaped(report.file)} on ${report.day}: ${matrixCounts(report)}\n`;
  if (report.rows.length === 0) return `${heading}\nNobody has a role anywhere.\n`;
  const [head = '', ...lines] = tableLines([
    ['GROUP', 'CLUSTER', 'NAMESPACE', 'ROLE', 'SENSITIVE'],
    ...report.rows.map(({ group, cluster, namespace, role, sensitive }) => [
      escaped(group),
      escaped(cluster),
      placeWords(namespace),
      escaped(role),
      sensitive.join(', '),
    ]),
  ]);
  return `${heading}\n${[styleText('bold', head), ...lines].join('\n')}\n`;
}
