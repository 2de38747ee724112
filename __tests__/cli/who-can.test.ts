import { join } from 'node:path';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const folder = accessFiles({ 'sound.json': SOUND });
const whoCan = (words: string) => runCommandToEnd('who-can', '--file', join(folder, 'sound.json'), ...words.split(' '));
const names = async (words: string) =>
  (JSON.parse((await whoCan(`${words} --json`)).stdout) as { cluster: string; kind: string; name: string }[]).flatMap(
    ({ cluster, kind, name }) => (kind === 'others' ? [] : [`${cluster}: ${name}`]),
  );

describe('eks-access who-can', () => {
  test('lists groups with their people and the line that gives it', async () => {
    const { stdout, exitCode } = await whoCan('delete nodes --cluster prod');

    expect(exitCode).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['CLUSTER', 'WHO', 'PEOPLE', 'NAMESPACE', 'ROLE', 'BY', 'UNTIL', 'REFUSED BY GUARDS'],
      ['prod', 'eks-admins', 'ana@example.com', 'whole cluster', 'cluster-admin', 'grants[0]'],
      ['And whoever has credentials that are not from Okta, such as the client certificate of an administrator (prod)'],
      [''],
    ]);
  });

  test.each([
    ['get Pods', ['dev: eks-admins', 'prod: eks-admins', 'prod: eks-auditors', 'prod: eks-developers']],
    ['get po --cluster prod --namespace team-b', ['prod: eks-admins', 'prod: eks-auditors']],
    ['create pods/exec', ['dev: eks-admins', 'prod: eks-admins']],
    ['get nodes --api-group metrics.k8s.io', ['dev: eks-admins', 'prod: eks-admins']],
    ['tickle widgets.example.com --unknown --cluster dev', ['dev: eks-admins']],
    ['get secrets --name tls --cluster dev,prod', ['dev: eks-admins', 'prod: eks-admins']],
  ])('answers %s', async (words, expected) => {
    expect(await names(words)).toEqual(expected);
  });

  test('prints JSON with exactly these keys', async () => {
    const [row] = JSON.parse((await whoCan('get pods --cluster dev --json')).stdout) as Record<string, unknown>[];

    expect(Object.keys(row ?? {})).toEqual([
      ...[
        'kind',
        'name',
        'cluster',
        'namespace',
        'objects',
        'role',
        'byGetAlone',
        'unknownRules',
        'people',
        'via',
        'until',
      ],
      'guards',
    ]);
  });

  test.each([
    ['get podz', "Kubernetes has no resource 'podz'. Did you mean 'pods'?"],
    ['gett pods', "Kubernetes has no verb 'gett'. Did you mean 'get'?"],
    ['get pods --cluster prd', "no cluster 'prd'. Did you mean 'prod'?"],
    ['get nodes --namespace team-a', 'nodes are cluster-scoped'],
  ])('fails on %s', async (words, message) => {
    await expect(whoCan(words)).rejects.toThrow(message);
  });
});
