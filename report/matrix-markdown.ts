import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import { cellCode, code, comment } from './markdown';
import { type MatrixReport, matrixCounts, placeWords } from './matrix-report';

/** Who has which role where, for a comment on a pull request. Rows that do not fit are left out and counted. */
export function matrixMarkdown(report: MatrixReport): string {
  const heading = `### Who has which role where

${code(report.file)} on ${report.day}: ${matrixCounts(report)}. ${WORST_CASE_REVOCATION.text}
`;
  if (report.rows.length === 0) return `${heading}\nNobody has a role anywhere.\n`;
  const table = `
| Group | Cluster | Namespace | Role | Sensitive permissions |
| --- | --- | --- | --- | --- |
`;
  const lines = report.rows.map(({ group, cluster, namespace, role, sensitive }) => {
    const place = namespace === null ? placeWords(null) : cellCode(namespace);
    return `| ${cellCode(group)} | ${cellCode(cluster)} | ${place} | ${cellCode(role)} | ${sensitive.join(', ')} |`;
  });
  return comment(heading + table, lines, 'row');
}
