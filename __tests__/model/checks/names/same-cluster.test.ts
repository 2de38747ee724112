import { problemsWith, warningsWith } from '../../../access-files';

const lab = (kubeconfigContext: string) => ({ kind: 'self-managed', kubeconfigContext });
const eks = (account?: string) => ({
  kind: 'existing-eks',
  region: 'eu-west-1',
  name: 'prod',
  ...(account !== undefined && { account: { id: account } }),
});
const ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/prod';
const SOURCE = 'https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/';

const problem = (path: string, earlier: string, given: string) => ({
  path,
  check: 'same-cluster',
  message: `This is the same cluster as ${earlier}, so it has the grants of both keys.`,
  given,
  allowed: 'each cluster once',
  fix: 'Remove one of the two keys, and give its grants to the other.',
  source: SOURCE,
});

describe('same-cluster', () => {
  test('fails with two keys for one context', () => {
    expect(problemsWith({ clusters: { a: lab('lab'), b: lab('other'), c: lab('lab') } })).toEqual([
      problem('clusters.c.kubeconfigContext', 'clusters.a', "the context 'lab', after the context 'lab'"),
    ]);
  });

  test('fails at the default if both keys inherit their context', () => {
    const problems = problemsWith({
      clusterDefaults: { kubeconfigContext: 'lab' },
      clusters: { a: { kind: 'self-managed' }, b: { kind: 'self-managed' } },
    });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([
      ['clusterDefaults.kubeconfigContext', 'same-cluster'],
    ]);
  });

  test('fails with a cluster in EKS and its context, in either order', () => {
    const given = `the context '${ARN}', after 'prod' in eu-west-1 of 111122223333`;

    expect(problemsWith({ clusters: { a: eks('111122223333'), b: lab(ARN) } })).toEqual([
      problem('clusters.b.kubeconfigContext', 'clusters.a', given),
    ]);
    expect(problemsWith({ clusters: { a: lab(ARN), b: eks('111122223333') } })).toEqual([
      problem('clusters.b', 'clusters.a', `'prod' in eu-west-1 of 111122223333, after the context '${ARN}'`),
    ]);
  });

  test.each([
    ['contexts', { a: lab('a'), b: lab('A') }],
    ['the account in a context', { a: eks('444455556666'), b: lab(ARN) }],
    ['the region in a context', { a: { ...eks('111122223333'), region: 'eu-west-3' }, b: lab(ARN) }],
    ['the name in a context', { a: { ...eks('111122223333'), name: 'stage' }, b: lab(ARN) }],
    ['the accounts of two clusters in EKS', { a: eks('111122223333'), b: eks('444455556666') }],
    ['the region of eksctl', { a: eks(), b: lab('ana@prod.eu-west-3.eksctl.io') }],
  ])('and its warning are silent on clusters that differ in %s', (_, clusters) => {
    expect(warningsWith('possible-same-cluster', { clusters })).toEqual([]);
  });
});

describe('possible-same-cluster', () => {
  test('warns about two keys of one name, if the file names the account of one', () => {
    const found = warningsWith('possible-same-cluster', { clusters: { a: eks('111122223333'), b: eks() } });

    expect(found).toEqual([
      {
        path: 'clusters.b',
        check: 'possible-same-cluster',
        message: 'This may be the same cluster as clusters.a, which then has the grants of both keys.',
        given:
          "'prod' in eu-west-1 of an account that the file does not name, after 'prod' in eu-west-1 of 111122223333",
        allowed: 'clusters that differ, or the same with this warning',
        fix: 'If it is one cluster, remove one of the two keys. If not, set account.id of each cluster in EKS.',
        source: SOURCE,
      },
    ]);
  });

  test.each([
    ['the context of a cluster whose account the file does not name', { a: eks(), b: lab(ARN) }],
    ['the context that eksctl writes', { a: eks('111122223333'), b: lab('ana@prod.eu-west-1.eksctl.io') }],
    ['a context with the name of the cluster', { a: eks('111122223333'), b: lab('prod') }],
    ['a context with the key of the cluster', { prod: { ...eks(), name: 'x' }, b: lab('prod') }],
    ['contexts of the AWS CLI and of eksctl', { a: lab(ARN), b: lab('prod.eu-west-1.eksctl.io') }],
    ['contexts of two users', { a: lab('a@prod.eu-west-1.eksctl.io'), b: lab('b@prod.eu-west-1.eksctl.io') }],
  ])('warns about %s', (_, clusters) => {
    const found = warningsWith('possible-same-cluster', { clusters });

    expect(found.map(({ path }) => path)).toEqual([expect.stringMatching(/^clusters\.b/)]);
  });

  test('warns once about a cluster with several possible twins', () => {
    const clusters = { a: eks('111122223333'), b: eks('444455556666'), c: lab('prod') };

    expect(warningsWith('possible-same-cluster', { clusters }).map(({ path }) => path)).toEqual([
      'clusters.c.kubeconfigContext',
    ]);
  });
});
