import { problemsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const LAB = { kind: 'self-managed', kubeconfigContext: 'lab' };
const GUARDS = { secretDeletion: ['eks-admins'] };

const unsupported = (given: string, oldest: string, newest: string) => ({
  path: 'clusters.prod.version',
  check: 'refused-version',
  message: 'EKS no longer supports this version, not even in extended support (as of 2026-06-02).',
  given: `'${given}'`,
  allowed: `${oldest} or later`,
  fix: `Set version to ${newest}, or omit it for the EKS default.`,
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
});

const withoutGuards = (given: string) => ({
  path: 'clusters.prod.version',
  check: 'refused-version',
  message: 'The cluster has guards, which need admission policies that this Kubernetes version does not have.',
  given: `'${given}'`,
  allowed: '1.30 or later',
  fix: 'Upgrade the cluster, or remove its guards.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
});

const problemsOf = (prod: Record<string, unknown>, changes: Record<string, unknown> = {}, day?: string) =>
  problemsWith({ clusters: { prod }, ...changes }, day);

describe('refused-version', () => {
  test.each([
    ['an EKS cluster', EKS],
    ['a self-managed cluster', LAB],
  ])('fails for %s with a version that cannot exist', (_, cluster) => {
    expect(problemsOf({ ...cluster, version: '1.99' })).toEqual([
      {
        path: 'clusters.prod.version',
        check: 'refused-version',
        message: 'There is no such Kubernetes version.',
        given: "'1.99'",
        allowed: 'a released version; the newest known one is 1.37',
        fix: 'Correct the version.',
        source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
      },
    ]);
    expect(problemsOf({ ...cluster, version: '1.47' })).toEqual([]);
  });

  test.each(['1.29', '1.9', '1.3'])('fails for an EKS cluster with version %s', (version) => {
    expect(problemsOf({ ...EKS, version })).toEqual([unsupported(version, '1.30', '1.36')]);
  });

  test('fails the day after extended support ends, and not on that day', () => {
    expect(problemsOf({ ...EKS, version: '1.30' }, {}, '2026-07-24')).toEqual([unsupported('1.30', '1.31', '1.36')]);
    expect(problemsOf({ ...EKS, version: '1.30' }, {}, '2026-07-23')).toEqual([]);
  });

  test('allows only the last version of its table, once all are out of support', () => {
    expect(problemsOf({ ...EKS, version: '1.35' }, {}, '2030-01-01')).toEqual([
      unsupported('1.35', '1.36', 'a later one'),
    ]);
    expect(problemsOf({ ...EKS, version: '1.36' }, {}, '2030-01-01')).toEqual([]);
  });

  test('is silent on guards if EKS does not support the version', () => {
    expect(problemsOf({ ...EKS, version: '1.29' }, { guards: GUARDS })).toEqual([unsupported('1.29', '1.30', '1.36')]);
  });

  test.each([
    ['of the file', LAB, { guards: GUARDS }],
    ['of its own', { ...LAB, guards: GUARDS }, {}],
    ['that exempt nobody', { ...LAB, guards: { runAsRoot: [] } }, {}],
    ['of namespaces', { ...LAB, guards: { namespaces: { 'team-a': ['eks-admins'] } } }, {}],
  ])('fails for a self-managed cluster with version 1.29 and guards %s', (_, cluster, changes) => {
    expect(problemsOf({ ...cluster, version: '1.29' }, changes)).toEqual([withoutGuards('1.29')]);
  });

  test.each([
    ['a self-managed cluster of 1.30 with guards', { ...LAB, version: '1.30' }, { guards: GUARDS }],
    ['a self-managed cluster of 1.29 without guards', { ...LAB, version: '1.29' }, {}],
    ['a self-managed cluster of an unknown version with guards', LAB, { guards: GUARDS }],
    ['an EKS cluster without a version', EKS, { guards: GUARDS }],
    ['a version that the table does not know yet', { ...EKS, version: '1.38' }, { guards: GUARDS }],
    ['an existing cluster', { ...EKS, kind: 'existing-eks' }, { guards: GUARDS }],
  ])('allows %s', (_, cluster, changes) => {
    expect(problemsOf(cluster, changes)).toEqual([]);
  });
});
