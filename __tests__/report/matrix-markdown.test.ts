import { WORST_CASE_REVOCATION } from '../../model/derived/revocation';
import { matrixMarkdown } from '../../report/matrix-markdown';
import { manyRows, ROWS, row } from './rows';

const report = { file: 'access.config.ts', day: '2030-01-31' };
const revocation = WORST_CASE_REVOCATION.text;

describe('matrixMarkdown', () => {
  test('is a table under a heading with counts and the time of a revocation', () => {
    expect(matrixMarkdown({ ...report, rows: ROWS })).toBe(`### Who has which role where

\`access.config.ts\` on 2030-01-31: 2 groups, 2 clusters, 2 rows. ${revocation}

| Group | Cluster | Namespace | Role | Sensitive permissions |
| --- | --- | --- | --- | --- |
| \`eks-admins\` | \`prod\` | \`team-a\` | \`edit\` | read-secrets, pod-exec |
| \`eks-auditors\` | \`eu-west\` | whole cluster | \`view\` |  |
`);
  });

  test('says when nobody has a role', () => {
    expect(matrixMarkdown({ ...report, rows: [] })).toBe(`### Who has which role where

\`access.config.ts\` on 2030-01-31: 0 groups, 0 clusters, 0 rows. ${revocation}

Nobody has a role anywhere.
`);
  });

  test('keeps names inside their cells', () => {
    const markdown = matrixMarkdown({ ...report, rows: [row({ group: 'a|b', cluster: '`c`', role: 'd\ne' })] });

    expect(markdown.split('\n').slice(6)).toEqual(['| `a\\|b` | `` `c` `` | whole cluster | `d\\ne` |  |', '']);
  });

  test('fits into a comment and counts the rows that it leaves out', () => {
    const markdown = matrixMarkdown({ ...report, rows: manyRows(10_000) });

    expect(markdown.length).toBeLessThan(65_536);
    const kept = markdown.split('\n').filter((line) => line.startsWith('| `')).length;
    expect(kept).toBeGreaterThan(500);
    expect(markdown).toContain(`\n\n**${10_000 - kept} rows left out** to fit into a comment.`);
  });
});
