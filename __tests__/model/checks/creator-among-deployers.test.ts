import { problemsWith } from '../../access-files';

const CREATOR = 'arn:aws:iam::111122223333:role/creator';
const PIPELINE = 'arn:aws:iam::111122223333:role/pipeline';

const problem = (path: string, key: string) => ({
  path,
  check: 'creator-among-deployers',
  message: 'This role makes the cluster, and EKS gives the creator its access entry by itself.',
  given: `'${CREATOR}'`,
  allowed: `roles other than clusters.${key}.account.roleArn`,
  fix: 'Remove it here; it administers the cluster all the same.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
});

function cluster(kind: string, deployers: readonly unknown[], roleArn: string | undefined = CREATOR) {
  return { kind, region: 'eu-west-1', account: { id: '111122223333', roleArn }, deployers };
}

describe('creator-among-deployers', () => {
  test('fails where the role that makes a cluster is among its deployers', () => {
    const problems = problemsWith({ clusters: { prod: cluster('eks', [PIPELINE, CREATOR]) } });

    expect(problems).toEqual([problem('clusters.prod.deployers[1]', 'prod')]);
  });

  test('fails for each such cluster', () => {
    const problems = problemsWith({
      clusters: { prod: cluster('eks', [CREATOR]), test: cluster('eks', [CREATOR, PIPELINE]) },
    });

    expect(problems).toEqual([
      problem('clusters.prod.deployers[0]', 'prod'),
      problem('clusters.test.deployers[0]', 'test'),
    ]);
  });

  test('allows it on a cluster that exists, which another role made', () => {
    expect(problemsWith({ clusters: { prod: cluster('existing-eks', [CREATOR]) } })).toEqual([]);
  });

  test('allows other roles', () => {
    expect(problemsWith({ clusters: { prod: cluster('eks', [PIPELINE]) } })).toEqual([]);
  });

  test('allows any role where the creator is not known', () => {
    const { account: _, ...withoutAccount } = cluster('eks', [CREATOR]);

    expect(problemsWith({ clusters: { prod: withoutAccount } })).toEqual([]);
    expect(problemsWith({ clusters: { prod: { ...withoutAccount, account: { id: '111122223333' } } } })).toEqual([]);
  });

  test('keeps the place in the file after a broken deployer', () => {
    const problems = problemsWith({ clusters: { prod: cluster('eks', ['not an ARN', CREATOR]) } });

    const places = problems.filter(({ check }) => check === 'creator-among-deployers').map(({ path }) => path);
    expect(places).not.toContain('clusters.prod.deployers[0]');
  });
});
