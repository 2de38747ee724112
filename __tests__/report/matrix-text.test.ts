import { SENSITIVE_PERMISSIONS } from '../../rbac/sensitive-permissions';
import { matrixText } from '../../report/matrix-text';
import { groupRow, iamRow, manyRows, ROWS } from './matrix-rows';

const report = { file: 'access.config.ts', day: '2030-01-31' };

describe('matrixText', () => {
  test('has a line for each row of a group, then administrators by IAM, members, and reasons', () => {
    expect(
      matrixText({ ...report, rows: ROWS }),
    ).toBe(`access.config.ts on 2030-01-31: 2 groups, 1 administrator by IAM, 2 clusters, 3 rows

GROUP         CLUSTER  NAMESPACE      ROLE  CAN BECOME      SENSITIVE        UNTIL
eks-admins    prod     team-a         edit  cluster-admin?  read-secrets +1  2030-12-31
eks-auditors  eu-west  whole cluster  view

Administrators by IAM: cluster-admin on the whole cluster, without Okta
CLUSTER  IAM ROLE                                BY                        UNTIL
prod     arn:aws:iam::111122223333:role/on-call  clusters.prod.breakGlass  2030-02-15

Members
GROUP         PEOPLE
eks-admins    ana@example.com, ben@example.com
eks-auditors  rule: user.department == "Audit"

Reasons
BY                        REASON
grants[0]                 Runs the shop; read-secrets: rotates them
clusters.prod.breakGlass  Okta is down

?: depends on what the access file does not tell, such as what runs in a namespace
`);
  });

  test('leaves out columns and sections without any text', () => {
    expect(
      matrixText({ ...report, rows: [groupRow()] }),
    ).toBe(`access.config.ts on 2030-01-31: 1 group, 0 administrators by IAM, 1 cluster, 1 row

GROUP       CLUSTER  NAMESPACE      ROLE
eks-admins  prod     whole cluster  view

Members
GROUP       PEOPLE
eks-admins  from elsewhere
`);
  });

  test('says that a group has no members if its list is empty', () => {
    expect(matrixText({ ...report, rows: [groupRow({ people: [] })] })).toContain('\neks-admins  nobody\n');
  });

  test('names the worst that is certain, and what may be worse', () => {
    const becomes = [
      { to: 'node', certain: true },
      { to: 'service accounts of pay', certain: true },
      { to: 'cluster-admin', certain: false },
    ];
    const own = [{ to: 'service accounts of shop', certain: true }];
    const rows = [groupRow({ becomes }), groupRow({ name: 'b', namespace: 'shop', becomes: own, sensitive: ['bind'] })];

    expect(
      matrixText({ ...report, rows })
        .split('\n')
        .slice(3, 5),
    ).toEqual([
      'eks-admins  prod     whole cluster  view  node, cluster-admin?',
      'b           prod     shop           view                        bind',
    ]);
  });

  test('marks what is not certain, and only then explains the mark', () => {
    const may = matrixText({ ...report, rows: [groupRow({ becomes: [{ to: 'node', certain: false }] })] });
    const certain = matrixText({ ...report, rows: [groupRow({ becomes: [{ to: 'node', certain: true }] })] });

    expect(may).toMatch(/ {2}node\?\n[\s\S]*\n\?: depends on/);
    expect(certain).toMatch(/ {2}node\n/);
    expect(certain).not.toContain('?');
  });

  test('stays readable at 100 columns with everything that a line can say', () => {
    const rows = [
      groupRow({
        name: 'eks-platform',
        cluster: 'prod',
        namespace: 'kube-system',
        role: 'edit',
        sensitive: SENSITIVE_PERMISSIONS,
        becomes: [
          { to: 'node', certain: true },
          { to: 'cluster-admin', certain: false },
        ],
        until: '2030-12-31',
        people: Array.from({ length: 40 }, (_, index) => `p${index}@example.com`),
      }),
      iamRow(),
    ];

    for (const line of matrixText({ ...report, rows }).split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test('says when nobody has a role', () => {
    expect(
      matrixText({ ...report, rows: [] }),
    ).toBe(`access.config.ts on 2030-01-31: 0 groups, 0 administrators by IAM, 0 clusters, 0 rows

Nobody has a role anywhere.
`);
  });

  test('shows control characters as escapes', () => {
    const text = matrixText({
      ...report,
      rows: [groupRow({ name: 'a\u001b[2Jb\nc', cluster: 'c\u202e', role: 'r\t' })],
    });

    expect(text.split('\n')[3]).toBe('a\\u001b[2Jb\\nc  c\\u202e  whole cluster  r\\t');
  });

  test('contains every row of a large fleet', () => {
    const lines = matrixText({ ...report, rows: manyRows(100_000) }).split('\n');

    expect(lines.filter((line) => line.includes('whole cluster'))).toHaveLength(100_000);
  });
});
