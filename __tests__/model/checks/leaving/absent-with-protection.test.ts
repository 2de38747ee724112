import { problemsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const PROTECTED = { ...EKS, deletionProtection: true };

describe('an absent cluster with deletion protection', () => {
  test('fails, because EKS would refuse to delete it', () => {
    expect(problemsWith({ clusters: { prod: EKS, old: { ...PROTECTED, absent: true } } })).toEqual([
      {
        path: 'clusters.old.deletionProtection',
        check: 'absent-with-protection',
        message: "EKS refuses to delete the cluster 'old' while it has deletion protection.",
        given: 'deletionProtection: true and absent: true',
        allowed: 'one of the two',
        fix: 'Remove absent, set deletionProtection: false on the cluster, and deploy cluster-old. Then set absent: true.',
        source: 'https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html',
      },
    ]);
  });

  test('fails at the default that it inherits', () => {
    const problems = problemsWith({
      clusters: { prod: EKS, old: { ...EKS, absent: true } },
      clusterDefaults: { deletionProtection: true },
    });

    expect(problems.map(({ path }) => path)).toEqual(['clusterDefaults.deletionProtection']);
  });

  test('does not fail with one of the two', () => {
    expect(problemsWith({ clusters: { prod: PROTECTED, old: { ...EKS, absent: true } } })).toEqual([]);
  });
});
