import { join } from 'node:path';
import { SENSITIVE_PERMISSIONS } from '../../rbac/sensitive-permissions';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const CLUSTER_ADMIN = ['cluster-admin', 'node'].map((to) => ({ to, certain: true }));
const ROLE = 'arn:aws:iam::111122223333:role/';

/** A file that says until when and why, with administrators by IAM of each kind. */
const TOLD = {
  ...SOUND,
  clusters: {
    prod: {
      ...{ kind: 'existing-eks', region: 'eu-west-1', account: { id: '111122223333', roleArn: `${ROLE}terraform` } },
      deployers: [`${ROLE}ci`],
      breakGlass: { roleArn: `${ROLE}on-call`, expires: '2999-12-31', reason: 'Okta is down' },
    },
  },
  grants: [{ ...SOUND.grants[0], expires: '2999-12-31', reason: 'On call', accept: { wildcards: 'They run it.' } }],
};

const folder = accessFiles({ 'sound.json': SOUND, 'told.json': TOLD });
const file = join(folder, 'sound.json');

describe('eks-access matrix', () => {
  test.each([
    ['text', /sound\.json on \d{4}-\d\d-\d\d: 3 groups, 0 administrators by IAM, 2 clusters, 4 rows\n\nGROUP/],
    ['md', /^### Who has which role where\n/],
    ['csv', /^kind,name,group,cluster,namespace,role,sensitive,/],
    ['json', /^\[\n {2}\{\n {4}"kind": "group",\n {4}"name": "eks-admins",/],
    ['html', /^<!doctype html>\n/],
  ])('prints %s', async (format, expected) => {
    const { stdout, exitCode } = await runCommandToEnd('matrix', '--file', file, '--format', format);

    expect(stdout).toMatch(expected);
    expect(exitCode).toBe(0);
  });

  test('prints text by default, and JSON for --json', async () => {
    const run = async (...words: string[]) => (await runCommandToEnd('matrix', '--file', file, ...words)).stdout;

    expect(await run()).toBe(await run('--format', 'text'));
    expect(await run('--json')).toBe(await run('--format', 'json'));
  });

  test('has a row for each group, cluster, and namespace', async () => {
    const rows = JSON.parse((await runCommandToEnd('matrix', '--json', '--file', file)).stdout) as Record<
      string,
      unknown
    >[];

    expect(rows.map(({ group, cluster, namespace, role }) => [group, cluster, namespace, role])).toEqual([
      ['eks-admins', 'dev', null, 'cluster-admin'],
      ['eks-admins', 'prod', null, 'cluster-admin'],
      ['eks-auditors', 'prod', null, 'view'],
      ['eks-developers', 'prod', 'team-a', 'developer-restricted'],
    ]);
  });

  test('says in every row until when, why, who, and by which line', async () => {
    const told = join(folder, 'told.json');

    const rows = JSON.parse((await runCommandToEnd('matrix', '--json', '--file', told)).stdout) as Record<
      string,
      unknown
    >[];

    expect(rows).toEqual([
      {
        ...{ kind: 'group', name: 'eks-admins', group: 'eks-admins', cluster: 'prod', namespace: null },
        ...{ role: 'cluster-admin', sensitive: SENSITIVE_PERMISSIONS, becomes: CLUSTER_ADMIN },
        ...{ until: '2999-12-31', reason: 'On call; wildcards: They run it.', people: ['ana@example.com'] },
        via: 'grants[0]',
      },
      ...[
        ['arn:aws:iam::111122223333:role/ci', null, null, 'clusters.prod.deployers[0]'],
        ['arn:aws:iam::111122223333:role/on-call', '2999-12-31', 'Okta is down', 'clusters.prod.breakGlass'],
        ['arn:aws:iam::111122223333:role/terraform', null, null, 'clusters.prod.account.roleArn'],
        ['whoever may change IAM or EKS access in account 111122223333', null, null, 'clusters.prod.account'],
      ].map(([name, until, reason, via]) => ({
        ...{ kind: 'iam-role', name, cluster: 'prod', namespace: null, role: 'cluster-admin' },
        ...{ sensitive: SENSITIVE_PERMISSIONS, becomes: CLUSTER_ADMIN, until, reason, people: 'from elsewhere', via },
      })),
    ]);
  });

  test('is the same for the same file and day', async () => {
    process.env.SOURCE_DATE_EPOCH = '1893456000';
    try {
      expect((await runCommandToEnd('matrix', '--file', file)).stdout).toContain('sound.json on 2030-01-01: ');
    } finally {
      delete process.env.SOURCE_DATE_EPOCH;
    }
  });
});
