import { WORST_CASE_REVOCATION } from '../../model/derived/revocation';
import { matrixMarkdown } from '../../report/matrix-markdown';
import { groupRow, manyRows, ROWS } from './matrix-rows';

const report = { file: 'access.config.ts', day: '2030-01-31' };
const revocation = WORST_CASE_REVOCATION.text;

describe('matrixMarkdown', () => {
  test('is a table under a heading with counts and the time of a revocation', () => {
    expect(matrixMarkdown({ ...report, rows: ROWS })).toBe(`### Who has which role where

\`access.config.ts\` on 2030-01-31: 2 groups, 1 administrator by IAM, 2 clusters, 3 rows. ${revocation}

\`?\`: depends on what the access file does not tell, such as what runs in a namespace.

| Group or IAM role | Cluster | Namespace | Role | Can become | Sensitive permissions | Until | People | Reason | Guards | By |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| \`eks-admins\` | \`prod\` | \`team-a\` | \`edit\` | \`service accounts of team-a\`, \`cluster-admin?\` | read-secrets, pod-exec | 2030-12-31 | \`ana@example.com, ben@example.com\` | \`Runs the shop; read-secrets: rotates them\` | \`secretDeletion\`, \`runAsRoot\` | \`grants[0]\` |
| \`eks-auditors\` | \`eu-west\` | whole cluster | \`view\` |  |  |  | \`rule: user.department == "Audit"\` |  |  | \`grants[1]\` |
| \`arn:aws:iam::111122223333:role/on-call\` | \`prod\` | whole cluster | \`cluster-admin\` | \`cluster-admin\` | bind, wildcards | 2030-02-15 | \`from elsewhere\` | \`Okta is down\` |  | \`clusters.prod.breakGlass\` |
`);
  });

  test('says when nobody has a role', () => {
    expect(matrixMarkdown({ ...report, rows: [] })).toBe(`### Who has which role where

\`access.config.ts\` on 2030-01-31: 0 groups, 0 administrators by IAM, 0 clusters, 0 rows. ${revocation}

Nobody has a role anywhere.
`);
  });

  test('says that a group has no members if its list is empty', () => {
    expect(matrixMarkdown({ ...report, rows: [groupRow({ people: [] })] })).toContain('|  | nobody |  |');
  });

  test('keeps names and reasons inside their cells', () => {
    const texts = { name: 'a|b', cluster: '`c`', role: 'd\ne', reason: '| @org/team [x](y)' };
    const markdown = matrixMarkdown({ ...report, rows: [groupRow(texts)] });

    expect(markdown.split('\n').slice(6)).toEqual([
      '| `a\\|b` | `` `c` `` | whole cluster | `d\\ne` |  |  |  | `from elsewhere` | `\\| @org/team [x](y)` |  | `grants[0]` |',
      '',
    ]);
  });

  test('fits into a comment and counts the rows that it leaves out', () => {
    const markdown = matrixMarkdown({ ...report, rows: manyRows(10_000) });

    expect(markdown.length).toBeLessThan(65_536);
    const kept = markdown.split('\n').filter((line) => line.startsWith('| `')).length;
    expect(kept).toBeGreaterThan(300);
    expect(markdown).toContain(`\n\n**${10_000 - kept} rows left out** to fit into a comment.`);
  });
});
