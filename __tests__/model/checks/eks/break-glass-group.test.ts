import { breakGlassGroupFinding } from '../../../../constraints/eks/break-glass';
import { problemsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const BREAK_GLASS = {
  roleArn: 'arn:aws:iam::111122223333:role/on-call',
  expires: '2026-12-31',
  reason: 'Okta is down',
};

const finding = (prefix: string, startsWith: string, name: string) => ({
  message: `In Kubernetes, an Okta group '${name}' would become 'break-glass', which bypasses guards.`,
  given: `prefix '${prefix}' and filter '${startsWith}'`,
  allowed: `a prefix with which 'break-glass' does not start, or a filter that excludes '${name}'`,
  fix: 'Set identityProvider.prefix, for example to okta:, the default.',
});

/** Changes of the smallest file: no group prefix, and a claim filter that the break-glass group passes. */
const fileWith = (changes: Record<string, unknown>) => ({
  identityProvider: { prefix: { username: 'okta:', groups: '' } },
  groupsClaim: { startsWith: 'b' },
  groups: { 'b-admins': {} },
  grants: [{ group: 'b-admins', role: 'cluster-admin', clusters: '*' }],
  ...changes,
});

describe('breakGlassGroupFinding', () => {
  test.each([
    ['', '', 'break-glass'],
    ['', 'b', 'break-glass'],
    ['', 'break-glass', 'break-glass'],
    ['', 'B', 'break-glass'],
    ['', 'break-gla\u017f', 'break-glass'],
    ['', 'BREAK-GLASS', 'break-glass'],
    ['break-', '', 'glass'],
    ['break-', 'g', 'glass'],
    ['break-', 'GL', 'glass'],
    ['break-glass', '', ''],
  ])('refuses the prefix %j with the filter %j', (prefix, startsWith, name) => {
    expect(breakGlassGroupFinding(prefix, startsWith)).toEqual(finding(prefix, startsWith, name));
  });

  test.each([
    ['', 'eks-'],
    ['', 'break-glass-'],
    ['', 'c'],
    ['okta:', ''],
    ['okta:', 'break-glass'],
    ['Break-', ''],
    ['break-', 'break-'],
    ['break-glass-', ''],
  ])('allows the prefix %j with the filter %j', (prefix, startsWith) => {
    expect(breakGlassGroupFinding(prefix, startsWith)).toBeUndefined();
  });
});

describe('break-glass-group', () => {
  const problem = (path: string) => ({
    ...finding('', 'b', 'break-glass'),
    path,
    check: 'break-glass-group',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
  });

  test.each(['eks', 'existing-eks'])('fails at the first cluster with break-glass access, of kind %s', (kind) => {
    const problems = problemsWith(
      fileWith({ clusters: { none: EKS, prod: { ...EKS, kind, breakGlass: BREAK_GLASS } } }),
    );

    expect(problems).toEqual([problem('clusters.prod.breakGlass')]);
  });

  test.each([
    ['of the file', { guards: { secretDeletion: ['b-admins'] } }],
    ['of a cluster', { clusters: { prod: { ...EKS, guards: { runAsRoot: [] } } } }],
  ])('fails at the prefix if there are only guards, %s', (_, changes) => {
    expect(problemsWith(fileWith(changes))).toEqual([problem('identityProvider.prefix')]);
  });

  test('fails at the prefix without break-glass access and guards, for the day on which they are added', () => {
    expect(problemsWith(fileWith({}))).toEqual([problem('identityProvider.prefix')]);
  });

  test('is silent with the default prefix', () => {
    const clusters = { prod: { ...EKS, breakGlass: BREAK_GLASS } };

    expect(problemsWith(fileWith({ clusters, identityProvider: undefined }))).toEqual([]);
  });

  test('is silent if the prefix is invalid', () => {
    const clusters = { prod: { ...EKS, breakGlass: BREAK_GLASS } };

    const problems = problemsWith(fileWith({ clusters, identityProvider: { prefix: { groups: '' } } }));

    expect(problems.map(({ check }) => check)).toEqual(['shape']);
  });
});
