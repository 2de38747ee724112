import { problemsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const LAB = { kind: 'self-managed', kubeconfigContext: 'lab' };
const GUARDS = { secretDeletion: ['eks-admins'] };

const unsupported = (given: string, oldest: string, newest: string) => ({
  path: 'clusters.prod.version',
  check: 'refused-version',
  message: 'EKS supports this version no longer, not even extended (as of 2026-06-02).',
  given: `'${given}'`,
  allowed: `${oldest} or later`,
  fix: `Set version to ${newest}, or leave it out for EKS' default.`,
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
});

const withoutGuards = (given: string) => ({
  path: 'clusters.prod.version',
  check: 'refused-version',
  message: 'Guards are admission policies, which this version of Kubernetes does not have.',
  given: `'${given}'`,
  allowed: '1.30 or later',
  fix: 'Upgrade the cluster, or remove its guards.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
});

const problemsOf = (prod: Record<string, unknown>, changes: Record<string, unknown> = {}, day?: string) =>
  problemsWith({ clusters: { prod }, ...changes }, day);

describe('refused-version', () => {
  test.each(['1.29', '1.9', '1.3'])('fails for an EKS cluster of %s', (version) => {
    expect(problemsOf({ ...EKS, version })).toEqual([unsupported(version, '1.30', '1.36')]);
  });

  test('fails the day after extended support ends, and not on that day', () => {
    expect(problemsOf({ ...EKS, version: '1.30' }, {}, '2026-07-24')).toEqual([unsupported('1.30', '1.31', '1.36')]);
    expect(problemsOf({ ...EKS, version: '1.30' }, {}, '2026-07-23')).toEqual([]);
  });

  test('knows the last version of its table only, once all are out of support', () => {
    expect(problemsOf({ ...EKS, version: '1.35' }, {}, '2030-01-01')).toEqual([
      unsupported('1.35', '1.36', 'a later one'),
    ]);
    expect(problemsOf({ ...EKS, version: '1.36' }, {}, '2030-01-01')).toEqual([]);
  });

  test('says nothing of guards beside a version that EKS does not support', () => {
    expect(problemsOf({ ...EKS, version: '1.29' }, { guards: GUARDS })).toEqual([unsupported('1.29', '1.30', '1.36')]);
  });

  test.each([
    ['of the file', LAB, { guards: GUARDS }],
    ['of its own', { ...LAB, guards: GUARDS }, {}],
    ['that let nobody', { ...LAB, guards: { runAsRoot: [] } }, {}],
    ['of namespaces', { ...LAB, guards: { namespaces: { 'team-a': ['eks-admins'] } } }, {}],
  ])('fails for a self-managed cluster of 1.29 with guards %s', (_, cluster, changes) => {
    expect(problemsOf({ ...cluster, version: '1.29' }, changes)).toEqual([withoutGuards('1.29')]);
  });

  test.each([
    ['a self-managed cluster of 1.30 with guards', { ...LAB, version: '1.30' }, { guards: GUARDS }],
    ['a self-managed cluster of 1.29 without guards', { ...LAB, version: '1.29' }, {}],
    ['a self-managed cluster of an unknown version with guards', LAB, { guards: GUARDS }],
    ['an EKS cluster without a version', EKS, { guards: GUARDS }],
    ['a version that the table does not know yet', { ...EKS, version: '1.99' }, { guards: GUARDS }],
    ['a cluster that exists', { ...EKS, kind: 'existing-eks' }, { guards: GUARDS }],
  ])('allows %s', (_, cluster, changes) => {
    expect(problemsOf(cluster, changes)).toEqual([]);
  });
});
