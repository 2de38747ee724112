import { sessionUserPrefix, terraformRoles } from '../../../model/derived/terraform-roles';
import { accessWith, clusterOf } from '../../access-files';

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const cluster = (settings: Record<string, unknown>) =>
  clusterOf(accessWith({ clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1', ...settings } } }), 'prod');

describe('terraformRoles', () => {
  test("are the deployers and the account's role, sorted", () => {
    const account = { id: '111122223333', roleArn: role('b') };

    expect(terraformRoles(cluster({ deployers: [role('c'), role('a')], account }))).toEqual([
      role('a'),
      role('b'),
      role('c'),
    ]);
  });

  test('contain a role once', () => {
    const account = { id: '111122223333', roleArn: role('a') };

    expect(terraformRoles(cluster({ deployers: [role('a')], account }))).toEqual([role('a')]);
  });

  test('do not contain the break-glass role, with which nobody deploys', () => {
    const breakGlass = { roleArn: role('on-call'), expires: '2026-12-31', reason: 'x' };

    expect(terraformRoles(cluster({ breakGlass, account: { id: '111122223333' } }))).toEqual([]);
  });

  test('are empty for a self-managed cluster', () => {
    const lab = { kind: 'self-managed', kubeconfigContext: 'lab' };

    expect(terraformRoles(clusterOf(accessWith({ clusters: { lab } }), 'lab'))).toEqual([]);
  });
});

describe('sessionUserPrefix', () => {
  test.each([
    ['arn:aws:iam::111122223333:role/deployer', 'arn:aws:sts::111122223333:assumed-role/deployer/'],
    ['arn:aws:iam::111122223333:role/teams/a/deployer', 'arn:aws:sts::111122223333:assumed-role/deployer/'],
    ['arn:aws-us-gov:iam::111122223333:role/x', 'arn:aws-us-gov:sts::111122223333:assumed-role/x/'],
  ])('of %s is %s', (arn, prefix) => {
    expect(sessionUserPrefix(arn)).toBe(prefix);
  });
});
