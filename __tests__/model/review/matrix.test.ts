import { accessMatrix, type MatrixRow } from '../../../model/review/matrix';
import { accessWith } from '../../access-files';

const ACCOUNT = '111122223333';
const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const EKS = { kind: 'existing-eks', region: 'eu-west-1' };
const FILE = {
  groups: {
    'eks-b': { rule: 'user.department == "B"' },
    'eks-a': { logins: ['ana@example.com', 'ben@example.com'] },
    'eks-admins': {},
    'eks-none': {},
  },
  roles: {
    node: { rules: [{ apiGroups: [''], resources: ['nodes', 'secrets'], verbs: ['get', 'patch'] }] },
  },
  clusters: { test: EKS, prod: EKS },
  grants: [
    { group: 'eks-b', role: 'view', clusters: ['test'] },
    { group: 'eks-a', role: 'view', clusters: ['prod'], namespaces: ['b', 'a'] },
    { group: 'eks-a', role: 'node', clusters: ['prod'], namespaces: ['a'] },
    { group: 'eks-a', role: 'node', clusters: ['prod'] },
    { group: 'eks-a', role: 'developer-restricted', clusters: ['prod'], namespaces: ['b'] },
    { group: 'eks-admins', role: 'secret-reader', clusters: '*' },
    { group: 'eks-admins', role: 'cluster-admin', clusters: ['prod'] },
    { group: 'eks-admins', role: 'cluster-admin', clusters: ['test'] },
    { group: 'eks-b', role: 'edit', clusters: '*', expires: '2026-06-14' },
  ],
};

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };

function groupRowsOf(changes: Record<string, unknown>): readonly MatrixRow[] {
  return accessMatrix(accessWith(changes)).filter(({ kind }) => kind === 'group');
}

/** The row of the last grant of a file with the smallest file's administrators and this grant. */
function rowOf(grant: Record<string, unknown>, changes: Record<string, unknown> = {}): MatrixRow | undefined {
  const groups = { 'eks-admins': {}, 'eks-a': {} };
  const grants = [ADMINS, { group: 'eks-a', clusters: '*', ...grant }];
  return groupRowsOf({ groups, ...changes, grants }).find(({ via }) => via === 'grants[1]');
}

describe('accessMatrix', () => {
  test('is sorted by group, cluster, namespace, and role, without expired grants', () => {
    const rows = groupRowsOf(FILE);

    expect(rows.map(({ group, cluster, namespace, role }) => [group, cluster, namespace, role])).toEqual([
      ['eks-a', 'prod', null, 'node'],
      ['eks-a', 'prod', 'a', 'node'],
      ['eks-a', 'prod', 'a', 'view'],
      ['eks-a', 'prod', 'b', 'developer-restricted'],
      ['eks-a', 'prod', 'b', 'view'],
      ['eks-admins', 'prod', null, 'cluster-admin'],
      ['eks-admins', 'prod', null, 'secret-reader'],
      ['eks-admins', 'test', null, 'cluster-admin'],
      ['eks-admins', 'test', null, 'secret-reader'],
      ['eks-b', 'test', null, 'view'],
    ]);
  });

  test('lists the sensitive permissions in each place', () => {
    const rows = groupRowsOf(FILE);

    expect(rows.filter(({ group }) => group === 'eks-a').map(({ sensitive }) => sensitive)).toEqual([
      ['read-secrets', 'write-secrets', 'write-nodes'],
      ['read-secrets'],
      [],
      [],
      [],
    ]);
  });

  test('names the people, and the line of the file', () => {
    const rows = groupRowsOf(FILE);
    const lines = new Map(rows.map(({ group, people }) => [group, people]));

    expect([...lines]).toEqual([
      ['eks-a', ['ana@example.com', 'ben@example.com']],
      ['eks-admins', 'from elsewhere'],
      ['eks-b', 'rule: user.department == "B"'],
    ]);
    expect(rows.map(({ via }) => via)).toEqual([
      ...['grants[3]', 'grants[2]', 'grants[1]', 'grants[4]', 'grants[1]'],
      ...['grants[6]', 'grants[5]', 'grants[7]', 'grants[5]', 'grants[0]'],
    ]);
  });

  test('says until when, and why', () => {
    const accept = { 'read-secrets': 'rotates them', 'pod-exec': 'debugs' };

    expect(rowOf({ role: 'view' })).toMatchObject({ until: null, reason: null });
    expect(rowOf({ role: 'view', expires: '2026-07-01', reason: 'Audit' })).toMatchObject({
      until: '2026-07-01',
      reason: 'Audit',
    });
    expect(rowOf({ role: 'edit', reason: 'On call', accept })?.reason).toBe(
      'On call; pod-exec: debugs; read-secrets: rotates them',
    );
  });

  test('lists the guards that do not let the group pass, in their places', () => {
    const guards = { secretDeletion: ['eks-admins'], runAsRoot: ['eks-a'], namespaces: { shop: [], pay: ['eks-a'] } };
    const guardsOf = (grant: Record<string, unknown>) => rowOf(grant, { guards })?.guards;

    expect(guardsOf({ role: 'edit' })).toEqual(['secretDeletion', 'namespaces.shop']);
    expect(guardsOf({ role: 'edit', namespaces: ['pay'] })).toEqual(['secretDeletion']);
    expect(guardsOf({ role: 'pod-exec', namespaces: ['shop'] })).toEqual(['secretDeletion', 'namespaces.shop']);
    expect(guardsOf({ role: 'view' })).toEqual([]);
  });

  test('lists the guard of the system namespaces where it applies', () => {
    const guards = { systemNamespaces: ['eks-admins'] };
    const guardsOf = (grant: Record<string, unknown>) => rowOf({ role: 'edit', ...grant }, { guards })?.guards;

    expect(guardsOf({})).toEqual(['systemNamespaces']);
    expect(guardsOf({ namespaces: ['kube-public'] })).toEqual(['systemNamespaces']);
    expect(guardsOf({ namespaces: ['shop'] })).toEqual([]);
  });

  test('says on every row of a group on a cluster what it can become there', () => {
    const grants = [
      ADMINS,
      { group: 'eks-a', role: 'edit', clusters: ['prod'], namespaces: ['kube-system'] },
      { group: 'eks-a', role: 'view', clusters: '*', namespaces: ['shop'] },
    ];
    const rows = groupRowsOf({ groups: { 'eks-admins': {}, 'eks-a': {} }, clusters: { prod: EKS, test: EKS }, grants });

    const ofA = rows.filter(({ name }) => name === 'eks-a');
    expect(ofA.map(({ cluster, namespace, becomes }) => [cluster, namespace, becomes[0]])).toEqual([
      ['prod', 'kube-system', { to: 'cluster-admin', certain: true }],
      ['prod', 'shop', { to: 'cluster-admin', certain: true }],
      ['test', 'shop', { to: 'cluster-admin', certain: false }],
    ]);
  });

  test('keeps one list for all rows that can become the same', () => {
    const rows = groupRowsOf(FILE).filter(({ name }) => name === 'eks-admins');

    expect(rows).toHaveLength(4);
    expect(rows[0]?.becomes[0]).toEqual({ to: 'cluster-admin', certain: true });
    expect(new Set(rows.map(({ becomes }) => becomes)).size).toBe(1);
  });
});

describe('accessMatrix of administrators by IAM', () => {
  const account = { id: ACCOUNT, roleArn: arn('terraform') };
  const breakGlass = { roleArn: arn('on-call'), expires: '2026-12-31', reason: 'Okta is down' };
  const iamRowsOf = (cluster: Record<string, unknown>, changes: Record<string, unknown> = {}) =>
    accessMatrix(accessWith({ clusters: { prod: { ...EKS, ...cluster } }, ...changes })).filter(
      ({ kind }) => kind === 'iam-role',
    );

  test('has a row for each, and one for whoever may become one', () => {
    const rows = iamRowsOf({ kind: 'eks', account, deployers: [arn('ci')], breakGlass });

    expect(rows.map(({ name, until, reason, via }) => [name, until, reason, via])).toEqual([
      [arn('ci'), null, null, 'clusters.prod.deployers[0]'],
      [arn('on-call'), '2026-12-31', 'Okta is down', 'clusters.prod.breakGlass'],
      [arn('terraform'), null, null, 'clusters.prod.account.roleArn'],
      [`whoever may change IAM or EKS access in account ${ACCOUNT}`, null, null, 'clusters.prod.account'],
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({ cluster: 'prod', namespace: null, role: 'cluster-admin', people: 'from elsewhere' });
      expect(row).not.toHaveProperty('group');
      expect(row.becomes).toEqual([
        { to: 'cluster-admin', certain: true },
        { to: 'node', certain: true },
      ]);
      expect(row.sensitive).toContain('wildcards');
    }
  });

  test('names the creator of a cluster in words if the file does not know them', () => {
    expect(iamRowsOf({ kind: 'eks' }).map(({ name, via }) => [name, via])).toEqual([
      ['whoever creates the cluster', 'clusters.prod'],
      ['whoever may change IAM or EKS access in the AWS account of the cluster', 'clusters.prod'],
    ]);
  });

  test('has none on a self-managed cluster', () => {
    const clusters = { lab: { kind: 'self-managed', kubeconfigContext: 'lab' } };

    expect(accessMatrix(accessWith({ clusters })).map(({ kind }) => kind)).toEqual(['group']);
  });

  test('lists guards, which let break-glass pass, and Terraform in namespaces', () => {
    const guards = { secretDeletion: [], systemNamespaces: [], namespaces: { shop: [] } };

    const rows = iamRowsOf({ kind: 'eks', deployers: [arn('ci')], breakGlass }, { guards });

    expect(rows.map((row) => [row.name, row.guards])).toEqual([
      [arn('ci'), ['secretDeletion']],
      [arn('on-call'), []],
      ['whoever creates the cluster', ['secretDeletion', 'systemNamespaces', 'namespaces.shop']],
      ['whoever may change IAM or EKS access in the AWS account of the cluster', []],
    ]);
  });
});
