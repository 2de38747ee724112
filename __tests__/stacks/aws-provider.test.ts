import { accessWith } from '../access-files';
import { synthesizedAccess } from '../synthesized';

/** The AWS providers of the smallest file's one cluster. */
function awsProviders(stack: 'cluster' | 'rbac', settings: object = {}, tags?: object) {
  const clusters = { prod: { kind: 'eks', region: 'eu-west-1', ...settings } };
  return synthesizedAccess(accessWith({ clusters, ...(tags && { tags }) }))[`${stack}-prod`]?.provider?.aws;
}

describe.each(['cluster', 'rbac'] as const)('the AWS provider of a %s stack', (stack) => {
  test('is the only one, in the region of the cluster, with nothing that the file does not give', () => {
    expect(awsProviders(stack)).toEqual([{ region: 'eu-west-1' }]);
  });

  test('refuses accounts other than that of the cluster', () => {
    const account = { id: '111122223333' };

    expect(awsProviders(stack, { account })).toEqual([{ region: 'eu-west-1', allowed_account_ids: ['111122223333'] }]);
  });

  test('assumes the role of the account', () => {
    const account = { id: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/terraform' };

    expect(awsProviders(stack, { account })).toEqual([
      {
        region: 'eu-west-1',
        allowed_account_ids: ['111122223333'],
        assume_role: [{ role_arn: 'arn:aws:iam::111122223333:role/terraform' }],
      },
    ]);
  });

  test.each([
    ['of the file', {}, { owner: 'platform' }, { owner: 'platform' }],
    ['of the cluster', { env: 'prod' }, undefined, { env: 'prod' }],
    [
      'of both, those of the cluster first',
      { env: 'prod' },
      { env: 'none', owner: 'platform' },
      { env: 'prod', owner: 'platform' },
    ],
  ])('tags everything with the tags %s', (_case, ofCluster, ofFile, tags) => {
    expect(awsProviders(stack, { tags: ofCluster }, ofFile)).toEqual([
      { region: 'eu-west-1', default_tags: [{ tags }] },
    ]);
  });
});
