import { join } from 'node:path';
import { accessFiles, runCommand, SOUND } from './run-command';

const DEPLOYER = 'arn:aws:iam::111122223333:role/deployer';
const folder = accessFiles({
  'sound.json': {
    ...SOUND,
    grants: [
      ...SOUND.grants.slice(0, 1),
      { group: 'eks-auditors', role: 'edit', clusters: ['dev'], namespaces: ['a'] },
    ],
    clusters: { ...SOUND.clusters, prod: { kind: 'existing-eks', region: 'eu-west-1', deployers: [DEPLOYER] } },
    namespaces: { a: { podSecurity: 'restricted', holds: ['node'] } },
  },
});
const paths = (...words: string[]) => runCommand('paths', '--file', join(folder, 'sound.json'), ...words);

describe('eks-access paths', () => {
  test('prints each target with the shortest chain of steps', () => {
    expect(paths('eks-auditors').stdout).toBe(`eks-auditors
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

  test('prints the same as JSON', () => {
    expect(JSON.parse(paths('eks-auditors', '--json').stdout)).toContainEqual({
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

  test('prints groups and administrators by IAM of a cluster', () => {
    const { stdout } = paths('--cluster', 'prod');

    expect(stdout).toContain('eks-admins\n  becomes cluster-admin on prod\n');
    expect(stdout).toContain(
      `IAM: ${DEPLOYER}\n  becomes cluster-admin on prod\n    1. clusters.prod.deployers[0]: signs in by IAM`,
    );
    expect(stdout).not.toContain('eks-auditors');
  });

  test('says that a group without a grant becomes nobody', () => {
    expect(paths('eks-developers').stdout).toBe('Nobody can become anybody else.\n');
  });

  test('refuses a group or cluster that the file does not have', () => {
    expect(() => paths('eks-auditor')).toThrow("Did you mean 'eks-auditors'?");
    expect(() => paths('--cluster', 'prot')).toThrow("Did you mean 'prod'?");
  });
});
