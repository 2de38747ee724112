import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1', endpoint: { private: true } };
const BREAK_GLASS = { roleArn: 'arn:aws:iam::111122223333:role/on-call', expires: '2026-06-15', reason: 'x' };

const warningsOf = (prod: Record<string, unknown>) => warningsWith('no-break-glass', { clusters: { prod } });

const WARNING = {
  path: 'clusters.prod.endpoint',
  check: 'no-break-glass',
  message: 'The cluster is private, and has no break-glass access for when Okta does not work.',
  given: 'no breakGlass',
  allowed: 'breakGlass: { roleArn, expires, reason }',
  fix: 'Set breakGlass to the IAM role of your on-call engineers, with the last day of the access and its reason.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
};

describe('no-break-glass', () => {
  test('warns about a private cluster without break-glass access', () => {
    expect(warningsOf(EKS)).toEqual([WARNING]);
  });

  test('warns about a private cluster whose break-glass access has expired', () => {
    expect(warningsOf({ ...EKS, breakGlass: { ...BREAK_GLASS, expires: '2026-06-14' } })).toEqual([WARNING]);
  });

  test.each([
    ['a private cluster with break-glass access', { ...EKS, breakGlass: BREAK_GLASS }],
    ['a cluster that is private and public', { ...EKS, endpoint: { private: true, publicCidrs: ['203.0.113.0/24'] } }],
    ['a public cluster', { ...EKS, endpoint: {} }],
    ['an existing cluster, whose endpoint is not set here', { kind: 'existing-eks', region: 'eu-west-1' }],
  ])('is silent on %s', (_, prod) => {
    expect(warningsOf(prod)).toEqual([]);
  });
});
