import { iamAccessChangers, iamAdministrators } from '../../../model/derived/iam-administrators';
import { accessWith, clusterOf } from '../../access-files';

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const account = { id: '111122223333', roleArn: role('terraform') };
const breakGlass = { roleArn: role('on-call'), expires: '2026-12-31', reason: 'Okta is down' };
const cluster = (settings: Record<string, unknown>) =>
  clusterOf(accessWith({ clusters: { prod: { region: 'eu-west-1', ...settings } } }), 'prod');
const always = { expires: null, reason: null };

describe('iamAdministrators', () => {
  test('of a created cluster are its creator, deployers, and break-glass role', () => {
    const settings = { kind: 'eks', account, deployers: [role('ci'), role('cd')], breakGlass };

    expect(iamAdministrators(cluster(settings))).toEqual([
      { kind: 'creator', roleArn: role('terraform'), via: 'clusters.prod.account.roleArn', ...always },
      { kind: 'deployer', roleArn: role('ci'), via: 'clusters.prod.deployers[0]', ...always },
      { kind: 'deployer', roleArn: role('cd'), via: 'clusters.prod.deployers[1]', ...always },
      {
        kind: 'break-glass',
        roleArn: role('on-call'),
        via: 'clusters.prod.breakGlass',
        expires: '2026-12-31',
        reason: 'Okta is down',
      },
    ]);
  });

  test('of a created cluster without a role for Terraform include a creator without a name', () => {
    expect(iamAdministrators(cluster({ kind: 'eks' }))).toEqual([
      { kind: 'creator', roleArn: null, via: 'clusters.prod', ...always },
    ]);
  });

  test('of an existing cluster include the role of Terraform, which grants roles there', () => {
    expect(iamAdministrators(cluster({ kind: 'existing-eks', account, deployers: [role('ci')] }))).toEqual([
      { kind: 'deployer', roleArn: role('ci'), via: 'clusters.prod.deployers[0]', ...always },
      { kind: 'terraform', roleArn: role('terraform'), via: 'clusters.prod.account.roleArn', ...always },
    ]);
  });

  test('of an existing cluster include a role once', () => {
    expect(iamAdministrators(cluster({ kind: 'existing-eks', account, deployers: [role('terraform')] }))).toEqual([
      { kind: 'deployer', roleArn: role('terraform'), via: 'clusters.prod.deployers[0]', ...always },
    ]);
  });

  test('do not include break-glass access that has expired', () => {
    const expired = { ...breakGlass, expires: '2020-01-01' };

    expect(iamAdministrators(cluster({ kind: 'existing-eks', breakGlass: expired }))).toEqual([]);
  });

  test('of a self-managed cluster are none', () => {
    const lab = clusterOf(accessWith({ clusters: { lab: { kind: 'self-managed', kubeconfigContext: 'lab' } } }), 'lab');

    expect(iamAdministrators(lab)).toEqual([]);
    expect(iamAccessChangers(lab)).toBeUndefined();
  });
});

describe('iamAccessChangers', () => {
  test.each([
    [{ account }, 'whoever may change IAM or EKS access in account 111122223333'],
    [{}, 'whoever may change IAM or EKS access in the AWS account of the cluster'],
  ])('with %j are %s', (settings, words) => {
    expect(iamAccessChangers(cluster({ kind: 'existing-eks', ...settings }))).toBe(words);
  });
});
