import { problemsWith } from '../../../access-files';

const CREATOR = 'arn:aws:iam::111122223333:role/creator';
const PIPELINE = 'arn:aws:iam::111122223333:role/pipeline';
const ON_CALL = 'arn:aws:iam::111122223333:role/on-call';

const problem = (path: string, earlier: string, roleArn = CREATOR) => ({
  path,
  check: 'one-access-entry',
  message: `This role already has an access entry, from ${earlier}.`,
  given: `'${roleArn}'`,
  allowed: 'each role once',
  fix: 'Remove it here, or use another role: break-glass access needs one that nobody uses every day.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
});

function cluster(kind: string, deployers: readonly unknown[], breakGlass?: string, expires = '2026-12-31') {
  return {
    kind,
    region: 'eu-west-1',
    account: { id: '111122223333', roleArn: CREATOR },
    deployers,
    ...(breakGlass && { breakGlass: { roleArn: breakGlass, expires, reason: 'Okta is down' } }),
  };
}

describe('one-access-entry', () => {
  test('fails if the role that creates a cluster is among its deployers', () => {
    const problems = problemsWith({ clusters: { prod: cluster('eks', [PIPELINE, CREATOR]) } });

    expect(problems).toEqual([problem('clusters.prod.deployers[1]', 'clusters.prod.account.roleArn')]);
  });

  test('fails if the role that creates a cluster is the break-glass role', () => {
    const problems = problemsWith({ clusters: { prod: cluster('eks', [PIPELINE], CREATOR) } });

    expect(problems).toEqual([problem('clusters.prod.breakGlass.roleArn', 'clusters.prod.account.roleArn')]);
  });

  test.each(['eks', 'existing-eks'])('fails if a deployer is the break-glass role, for kind %s', (kind) => {
    const problems = problemsWith({ clusters: { prod: cluster(kind, [ON_CALL, PIPELINE], PIPELINE) } });

    expect(problems).toEqual([problem('clusters.prod.breakGlass.roleArn', 'clusters.prod.deployers[1]', PIPELINE)]);
  });

  test('fails for each such cluster', () => {
    const problems = problemsWith({
      clusters: { prod: cluster('eks', [CREATOR]), test: cluster('eks', [CREATOR, PIPELINE]) },
    });

    expect(problems).toEqual([
      problem('clusters.prod.deployers[0]', 'clusters.prod.account.roleArn'),
      problem('clusters.test.deployers[0]', 'clusters.test.account.roleArn'),
    ]);
  });

  test('allows it on an existing cluster, which another role created', () => {
    expect(problemsWith({ clusters: { prod: cluster('existing-eks', [CREATOR]) } })).toEqual([]);
  });

  test('allows other roles', () => {
    expect(problemsWith({ clusters: { prod: cluster('eks', [PIPELINE], ON_CALL) } })).toEqual([]);
  });

  test('allows one role on two clusters', () => {
    const clusters = { prod: cluster('eks', [PIPELINE], ON_CALL), test: cluster('eks', [PIPELINE], ON_CALL) };

    expect(problemsWith({ clusters })).toEqual([]);
  });

  test('allows any role if the creator is not known', () => {
    const { account: _, ...withoutAccount } = cluster('eks', [CREATOR]);

    expect(problemsWith({ clusters: { prod: withoutAccount } })).toEqual([]);
    expect(problemsWith({ clusters: { prod: { ...withoutAccount, account: { id: '111122223333' } } } })).toEqual([]);
  });

  test('is silent on expired break-glass access, which has no entry', () => {
    expect(problemsWith({ clusters: { prod: cluster('eks', [PIPELINE], PIPELINE, '2026-06-14') } })).toEqual([]);
  });

  test('is silent if another deployer is invalid, because the list is then left out', () => {
    const problems = problemsWith({ clusters: { prod: cluster('eks', ['not an ARN', CREATOR]) } });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([['clusters.prod.deployers[0]', 'shape']]);
  });
});
