import { matrixCsv } from '../../report/matrix-csv';
import { groupRow, ROWS } from './matrix-rows';

const HEADER = 'kind,name,group,cluster,namespace,role,sensitive,becomes,until,reason,people,guards,via\r\n';

function recordOf(cluster: string): string {
  return matrixCsv([groupRow({ cluster })]).slice(HEADER.length);
}

describe('matrixCsv', () => {
  test('has a header and a record for each row, with an empty namespace for a whole cluster', () => {
    expect(matrixCsv(ROWS)).toBe(
      HEADER +
        'group,eks-admins,eks-admins,prod,team-a,edit,"read-secrets;pod-exec","service accounts of team-a;cluster-admin?",2030-12-31,"Runs the shop; read-secrets: rotates them","ana@example.com;ben@example.com","secretDeletion;runAsRoot",grants[0]\r\n' +
        'group,eks-auditors,eks-auditors,eu-west,,view,,,,,"rule: user.department == ""Audit""",,grants[1]\r\n' +
        'iam-role,arn:aws:iam::111122223333:role/on-call,,prod,,cluster-admin,"bind;wildcards",cluster-admin,2030-02-15,Okta is down,from elsewhere,,clusters.prod.breakGlass\r\n',
    );
  });

  test('has only the header if nobody has a role', () => {
    expect(matrixCsv([])).toBe(HEADER);
  });

  test.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a semicolon', 'a;b', '"a;b"'],
    ['a quote', 'a"b', '"a""b"'],
    ['the end of a line', 'a\r\nb', '"a\r\nb"'],
  ])('puts %s between quotes', (_, cluster, cell) => {
    expect(recordOf(cluster)).toBe(`group,eks-admins,eks-admins,${cell},,view,,,,,from elsewhere,,grants[0]\r\n`);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['\n=1', `"'\n=1"`],
    ['=HYPERLINK("https://example.com","a")', `"'=HYPERLINK(""https://example.com"",""a"")"`],
    ['a=1', 'a=1'],
  ])('keeps %j from being a formula', (cluster, cell) => {
    expect(recordOf(cluster)).toBe(`group,eks-admins,eks-admins,${cell},,view,,,,,from elsewhere,,grants[0]\r\n`);
  });

  test('keeps every text of a row from being a formula, also inside a list', () => {
    const formula = '=1+1';
    const texts = { name: formula, cluster: formula, namespace: formula, role: formula, reason: formula, via: formula };
    const row = groupRow({ ...texts, people: ['ana@example.com', formula] });

    expect(matrixCsv([row]).slice(HEADER.length)).toBe(
      "group,'=1+1,'=1+1,'=1+1,'=1+1,'=1+1,,,,'=1+1,\"ana@example.com;'=1+1\",,'=1+1\r\n",
    );
  });
});
