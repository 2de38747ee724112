import { join } from 'node:path';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const DEPLOYER = 'arn:aws:iam::111122223333:role/deployer';
const folder = accessFiles({
  'sound.json': {
    ...SOUND,
    groups: { ...SOUND.groups, 'eks-readers': {} },
    grants: [
      ...SOUND.grants.slice(0, 1),
      { group: 'eks-readers', role: 'restricted-user', clusters: ['dev'], namespaces: ['a'] },
      { group: 'eks-auditors', role: 'edit', clusters: ['dev'], namespaces: ['a'] },
    ],
    clusters: { ...SOUND.clusters, prod: { kind: 'existing-eks', region: 'eu-west-1', deployers: [DEPLOYER] } },
    namespaces: { a: { podSecurity: 'restricted', holds: ['node'] } },
  },
});
const paths = (...words: string[]) => runCommandToEnd('paths', '--file', join(folder, 'sound.json'), ...words);

describe('eks-access paths', () => {
  test('prints each target with the shortest chain of steps', async () => {
    expect((await paths('eks-auditors')).stdout).toBe(`eks-auditors
  becomes node on dev
    1. impersonate serviceaccounts in a: impersonates a service account of a → service accounts of a
    2. namespaces.a.holds: uses what runs there → node
  becomes service accounts of a on dev
    1. impersonate serviceaccounts in a: impersonates a service account of a → service accounts of a
  may become cluster-admin on dev
    1. impersonate serviceaccounts in a: impersonates a service account of a → service accounts of a
    2. namespaces.a.holds: uses what runs there → node
    3. root on a node: uses the tokens of the pods that run on the node (may) → cluster-admin
`);
  });

  test('prints the same as JSON', async () => {
    expect(JSON.parse((await paths('eks-auditors', '--json')).stdout)).toContainEqual({
      from: 'eks-auditors',
      cluster: 'dev',
      to: 'node',
      certain: true,
      steps: [
        {
          permission: 'impersonate serviceaccounts in a',
          does: 'impersonates a service account of a',
          gives: 'service accounts of a',
          certain: true,
        },
        { permission: 'namespaces.a.holds', does: 'uses what runs there', gives: 'node', certain: true },
      ],
    });
  });

  test('prints groups and administrators by IAM of a cluster', async () => {
    const { stdout } = await paths('--cluster', 'prod');

    expect(stdout).toContain('eks-admins\n  becomes cluster-admin on prod\n');
    expect(stdout).toContain(
      `IAM: ${DEPLOYER}\n  becomes cluster-admin on prod\n    1. clusters.prod.deployers[0]: signs in by IAM`,
    );
    expect(stdout).not.toContain('eks-auditors');
  });

  test('says why there is no path', async () => {
    expect((await paths('eks-developers')).stdout).toBe(
      'The group eks-developers has no grant in force on dev and prod.\n',
    );
    expect((await paths('eks-auditors', '--cluster', 'prod')).stdout).toBe(
      'The group eks-auditors has no grant in force on prod.\n',
    );
    expect((await paths('eks-readers')).stdout).toBe(
      'The group eks-readers cannot become anybody else on dev and prod.\n',
    );
  });

  test('takes several clusters', async () => {
    expect((await paths('eks-admins', '--cluster', 'prod,dev')).stdout).toContain(
      'becomes cluster-admin on dev and prod',
    );
  });

  test('refuses a group or cluster that the file does not have', async () => {
    await expect(paths('eks-auditor')).rejects.toThrow("Did you mean 'eks-auditors'?");
    await expect(paths('--cluster', 'prot')).rejects.toThrow("Did you mean 'prod'?");
  });
});
