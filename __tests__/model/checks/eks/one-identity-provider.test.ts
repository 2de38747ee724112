import { problemsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
const FIX = 'Keep one of the two. A second Okta organization cannot serve as a fallback; when Okta is down, use IAM.';

describe('one-identity-provider', () => {
  test('fails if one EKS cluster has two keys', () => {
    const problems = problemsWith({ clusters: { prod: EKS, again: { ...EXISTING, name: 'prod' } } });

    expect(problems).toEqual([
      {
        path: 'clusters.again',
        check: 'one-identity-provider',
        message: 'EKS allows one OIDC identity provider per cluster, and clusters.prod already has it.',
        given: "'prod'",
        allowed: 'each EKS cluster once',
        fix: FIX,
        source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
      },
    ]);
  });

  test('fails for each key after the first', () => {
    const problems = problemsWith({
      clusters: { one: { ...EXISTING, name: 'x' }, two: { ...EXISTING, name: 'x' }, three: { ...EXISTING, name: 'x' } },
    });

    expect(problems.map(({ path, message }) => [path, message])).toEqual([
      ['clusters.two', 'EKS allows one OIDC identity provider per cluster, and clusters.one already has it.'],
      ['clusters.three', 'EKS allows one OIDC identity provider per cluster, and clusters.one already has it.'],
    ]);
  });

  test('fails if both have the same name and account', () => {
    const cluster = { ...EXISTING, name: 'x', account: { id: '111122223333' } };

    const problems = problemsWith({ clusters: { one: cluster, two: cluster } });

    expect(problems.map(({ path, check, given }) => [path, check, given])).toEqual([
      ['clusters.two', 'one-identity-provider', "'x'"],
    ]);
  });

  test.each([
    ['name', { name: 'x' }, { name: 'y' }],
    ['region', { name: 'x' }, { name: 'x', region: 'us-west-1' }],
    ['account', { name: 'x', account: { id: '111122223333' } }, { name: 'x', account: { id: '444455556666' } }],

    ['case of the name', { name: 'x' }, { name: 'X' }],
  ])('allows two clusters that differ in their %s', (_, one, two) => {
    expect(problemsWith({ clusters: { one: { ...EXISTING, ...one }, two: { ...EXISTING, ...two } } })).toEqual([]);
  });

  test('allows a cluster with a name that is the key of another, which has a different name', () => {
    const problems = problemsWith({ clusters: { a: { ...EXISTING, name: 'b' }, b: { ...EXISTING, name: 'a' } } });

    expect(problems).toEqual([]);
  });
});
