import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };

const warningsOf = (prod: Record<string, unknown>, day?: string) =>
  warningsWith('version-support', { clusters: { prod } }, day);

const warning = (version: string, standard: string, extended: string, allowed: string) => ({
  path: 'clusters.prod.version',
  check: 'version-support',
  message: `Standard support ended on ${standard}, and extended support ends on ${extended} (as of 2026-06-02).`,
  given: `'${version}'`,
  allowed,
  fix: 'Upgrade one minor version at a time.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
});

describe('version-support', () => {
  test.each([
    ['1.30', '2025-07-23', '2026-07-23'],
    ['1.31', '2025-11-26', '2026-11-26'],
    ['1.32', '2026-03-23', '2027-03-23'],
  ])('warns about %s, which is in extended support', (version, standard, extended) => {
    expect(warningsOf({ ...EKS, version })).toEqual([warning(version, standard, extended, '1.33, 1.34, 1.35, 1.36')]);
  });

  test('warns from the day after the end of standard support', () => {
    expect(warningsOf({ ...EKS, version: '1.33' }, '2026-07-29')).toEqual([]);
    expect(warningsOf({ ...EKS, version: '1.33' }, '2026-07-30')).toEqual([
      warning('1.33', '2026-07-29', '2027-07-29', '1.34, 1.35, 1.36'),
    ]);
  });

  test('allows a version after its table, once none of it is in standard support', () => {
    expect(warningsOf({ ...EKS, version: '1.36' }, '2028-08-02')).toEqual([
      warning('1.36', '2027-08-02', '2028-08-02', 'a version after 1.36'),
    ]);
  });

  test('is silent the day after extended support, which refused-version reports', () => {
    expect(warningsOf({ ...EKS, version: '1.36' }, '2028-08-03')).toEqual([]);
  });

  test('warns of a version that EKS did not offer when the table was read', () => {
    expect(warningsOf({ ...EKS, version: '1.37' })).toEqual([
      {
        path: 'clusters.prod.version',
        check: 'version-support',
        message: 'EKS did not offer this version as of 2026-06-02. If it still does not, the apply fails.',
        given: "'1.37'",
        allowed: '1.36 or earlier, or a newer version with this warning',
        fix: 'Run aws eks describe-cluster-versions to see which versions EKS offers.',
        source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
      },
    ]);
  });

  test.each([
    ['a version in standard support', { ...EKS, version: '1.35' }],
    ['a cluster without a version', EKS],
    ['an existing cluster', { ...EKS, kind: 'existing-eks' }],
    ['a self-managed cluster', { kind: 'self-managed', kubeconfigContext: 'lab', version: '1.30' }],
  ])('is silent on %s', (_, prod) => {
    expect(warningsOf(prod)).toEqual([]);
  });
});
