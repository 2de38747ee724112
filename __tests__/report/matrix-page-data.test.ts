import { rowLevels } from '../../report/matrix-levels';
import { matrixPageData } from '../../report/matrix-page-data';
import { groupRow, ROWS } from './matrix-rows';

const report = { file: 'access.config.ts', day: '2030-01-31' };
const dataOf = (rows = ROWS) => matrixPageData({ ...report, rows }, rowLevels(rows));

describe('matrixPageData', () => {
  test('has each text once, and rows as numbers', () => {
    const { levels: _, ...data } = dataOf();

    expect(data).toEqual({
      endsBy: '2030-03-02',
      who: [
        { name: 'eks-admins', iam: false, people: ['ana@example.com', 'ben@example.com'], listed: true },
        { name: 'eks-auditors', iam: false, people: ['rule: user.department == "Audit"'], listed: false },
        { name: 'arn:aws:iam::111122223333:role/on-call', iam: true, people: ['from elsewhere'], listed: false },
      ],
      clusters: ['eu-west', 'prod'],
      namespaces: ['', 'team-a'],
      roles: ['cluster-admin', 'edit', 'view'],
      becomes: [[], ['cluster-admin'], ['service accounts of team-a', 'cluster-admin?']],
      sensitive: [[], ['bind', 'wildcards'], ['read-secrets', 'pod-exec']],
      guards: [[], ['secretDeletion', 'runAsRoot']],
      lines: [
        { via: 'clusters.prod.breakGlass', until: '2030-02-15', reason: 'Okta is down' },
        { via: 'grants[0]', until: '2030-12-31', reason: 'Runs the shop; read-secrets: rotates them' },
        { via: 'grants[1]', until: '', reason: '' },
      ],
      rows: [...[0, 1, 1, 1, 2, 2, 1, 1, 1, 5], ...[1, 0, 0, 2, 0, 0, 0, 2, 0, 0], ...[2, 1, 0, 0, 1, 1, 0, 0, 5, 0]],
    });
  });

  test('keeps a group and an IAM role with one name apart, groups first', () => {
    const { who, rows } = dataOf([groupRow({ name: 'x' }), groupRow({ name: 'x', kind: 'iam-role' })]);

    expect(who.map(({ name, iam }) => [name, iam])).toEqual([
      ['x', false],
      ['x', true],
    ]);
    expect([rows[0], rows[10]]).toEqual([0, 1]);
  });

  test('puts the longest list last', () => {
    const lists = [['wildcards', 'bind', 'escalate'], ['bind'], [], ['bind', 'escalate']] as const;

    expect(dataOf(lists.map((sensitive) => groupRow({ sensitive }))).sensitive).toEqual([
      [],
      ['bind'],
      ['bind', 'escalate'],
      ['wildcards', 'bind', 'escalate'],
    ]);
  });

  test('escapes what cannot be seen', () => {
    const texts = { name: 'a\u202e', cluster: 'b\u202e', namespace: 'c\u202e', role: 'd\u202e', reason: 'e\u202e' };
    const row = groupRow({
      ...texts,
      people: ['f\u202e'],
      becomes: [{ to: 'g\u202e', certain: true }],
      via: 'h\u202e',
    });

    expect(JSON.stringify(dataOf([row]))).not.toContain('\u202e');
  });
});
