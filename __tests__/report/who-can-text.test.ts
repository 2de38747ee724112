import type { WhoCanRow } from '../../model/review/who-can';
import { whoCanText } from '../../report/who-can-text';

const ROW: WhoCanRow = {
  kind: 'group',
  name: 'eks-admins',
  cluster: 'prod',
  namespace: null,
  objects: null,
  role: 'cluster-admin',
  byGetAlone: false,
  unknownRules: false,
  people: ['ana@example.com'],
  via: 'grants[0]',
  until: null,
  guards: [],
};
const OTHERS: WhoCanRow = { ...ROW, kind: 'others', name: 'whoever may change IAM', role: null, via: null };

/** The cells of a row below the head. */
const cells = (row: Partial<WhoCanRow>) => (whoCanText([{ ...ROW, ...row }]).split('\n')[1] ?? '').split(/ {2,}/);

describe('the text of who-can', () => {
  test('is a table, and then whoever the file cannot name, once for all clusters', () => {
    expect(whoCanText([ROW, OTHERS, { ...OTHERS, cluster: 'test' }])).toBe(
      `CLUSTER  WHO         PEOPLE           NAMESPACE      ROLE           BY         UNTIL  REFUSED BY GUARDS
prod     eks-admins  ana@example.com  whole cluster  cluster-admin  grants[0]
And whoever may change IAM (prod, test)
`,
    );
  });

  test('says if no line of the file allows it', () => {
    expect(whoCanText([OTHERS])).toBe('No line of the file allows it to anybody.\nAnd whoever may change IAM (prod)\n');
  });

  test.each<[Partial<WhoCanRow>, string]>([
    [{ kind: 'iam-role', name: 'arn' }, 'IAM: arn'],
    [{ people: [] }, 'nobody'],
    [{ people: 'rule: user.x' }, 'rule: user.x'],
    [{ people: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }, 'a, b, c, d and 3 more'],
    [{ namespace: 'team-a', objects: ['tls'] }, 'team-a, only tls'],
    [{ byGetAlone: true }, 'cluster-admin (get alone, before Kubernetes 1.35)'],
    [{ via: null }, 'Kubernetes itself'],
    [{ until: '2026-12-31' }, '2026-12-31'],
    [{ until: 'x', guards: ['secretDeletion', 'namespaces.a'] }, 'secretDeletion, namespaces.a'],
    [{ name: 'a\u202eb' }, 'a\\u202eb'],
  ])('shows %j as %s', (row, text) => {
    expect(cells(row)).toContain(text);
  });
});
