import { matrixText } from '../../report/matrix-text';
import { manyRows, ROWS, row } from './rows';

const report = { file: 'access.config.ts', day: '2030-01-31' };

describe('matrixText', () => {
  test('has a line for each row under a heading with counts', () => {
    expect(matrixText({ ...report, rows: ROWS })).toBe(`access.config.ts on 2030-01-31: 2 groups, 2 clusters, 2 rows

GROUP         CLUSTER  NAMESPACE      ROLE  SENSITIVE
eks-admins    prod     team-a         edit  read-secrets, pod-exec
eks-auditors  eu-west  whole cluster  view
`);
  });

  test('uses the singular for one row', () => {
    expect(matrixText({ ...report, rows: [row()] })).toBe(`access.config.ts on 2030-01-31: 1 group, 1 cluster, 1 row

GROUP       CLUSTER  NAMESPACE      ROLE  SENSITIVE
eks-admins  prod     whole cluster  view
`);
  });

  test('says when nobody has a role', () => {
    expect(matrixText({ ...report, rows: [] })).toBe(`access.config.ts on 2030-01-31: 0 groups, 0 clusters, 0 rows

Nobody has a role anywhere.
`);
  });

  test('shows control characters as escapes', () => {
    const text = matrixText({ ...report, rows: [row({ group: 'a\u001b[2Jb\nc', cluster: 'c\u202e', role: 'r\t' })] });

    expect(text.split('\n')[3]).toBe('a\\u001b[2Jb\\nc  c\\u202e  whole cluster  r\\t');
  });

  test('contains every row of a large fleet', () => {
    expect(matrixText({ ...report, rows: manyRows(100_000) }).split('\n')).toHaveLength(100_004);
  });
});
