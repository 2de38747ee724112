import { matrixCsv } from '../../report/matrix-csv';
import { ROWS, row } from './rows';

function recordOf(group: string): string {
  return matrixCsv([row({ group })]).slice('group,cluster,namespace,role,sensitive\r\n'.length);
}

describe('matrixCsv', () => {
  test('has a header and a record for each row, with an empty namespace for a whole cluster', () => {
    expect(matrixCsv(ROWS)).toBe(
      'group,cluster,namespace,role,sensitive\r\n' +
        'eks-admins,prod,team-a,edit,read-secrets;pod-exec\r\n' +
        'eks-auditors,eu-west,,view,\r\n',
    );
  });

  test('has only the header if nobody has a role', () => {
    expect(matrixCsv([])).toBe('group,cluster,namespace,role,sensitive\r\n');
  });

  test.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'a"b', '"a""b"'],
    ['the end of a line', 'a\r\nb', '"a\r\nb"'],
  ])('puts %s between quotes', (_, group, cell) => {
    expect(recordOf(group)).toBe(`${cell},prod,,view,\r\n`);
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
  ])('keeps %j from being a formula', (group, cell) => {
    expect(recordOf(group)).toBe(`${cell},prod,,view,\r\n`);
  });
});
