import { problemsWith } from '../../../access-files';

const ROLE = 'arn:aws:iam::111122223333:role/deployer';

const clusterIn = (kind: string, account: unknown) => ({
  clusters: { prod: { kind, region: 'eu-west-1', account } },
});

describe('account-mismatch', () => {
  test.each(['eks', 'existing-eks'])('fails if the role of an %s cluster is in another account', (kind) => {
    const problems = problemsWith(clusterIn(kind, { id: '444455556666', roleArn: ROLE }));

    expect(problems).toEqual([
      {
        path: 'clusters.prod.account.roleArn',
        check: 'account-mismatch',
        message: 'The role is in account 111122223333, the cluster in account 444455556666.',
        given: "'arn:aws:iam::111122223333:role/deployer'",
        allowed: 'a role in account 444455556666',
        fix: 'Correct account.id or account.roleArn.',
        source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
      },
    ]);
  });

  test('fails for each such cluster', () => {
    const account = { id: '444455556666', roleArn: ROLE };

    const problems = problemsWith({
      clusters: {
        prod: { kind: 'eks', region: 'eu-west-1', account },
        fine: { kind: 'eks', region: 'eu-west-1' },
        test: { kind: 'eks', region: 'eu-west-1', account },
      },
    });

    expect(problems.map(({ path }) => path)).toEqual([
      'clusters.prod.account.roleArn',
      'clusters.test.account.roleArn',
    ]);
  });

  test.each([
    ['no account', undefined],
    ['an account without a role', { id: '444455556666' }],
    ['a role of the account', { id: '111122223333', roleArn: ROLE }],
    ['a role with a path', { id: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/a/b' }],
  ])('allows %s', (_, account) => {
    expect(problemsWith(clusterIn('eks', account))).toEqual([]);
  });
});
