import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };

const warningsOf = (prod: Record<string, unknown>) => warningsWith('open-endpoint', { clusters: { prod } });

describe('open-endpoint', () => {
  test.each([
    [undefined, '0.0.0.0/0'],
    [{}, '0.0.0.0/0'],
    [{ publicCidrs: ['203.0.113.0/24', '0.0.0.0/0'] }, '0.0.0.0/0'],
    [{ private: true, publicCidrs: ['0.0.0.0/0'] }, '0.0.0.0/0'],
    [{ publicCidrs: ['0.0.0.0/1', '128.0.0.0/1'] }, '0.0.0.0/1, 128.0.0.0/1'],
    [
      { publicCidrs: ['0.0.0.0/1', '192.0.0.0/2', '128.0.0.0/2', '203.0.113.0/24'] },
      '0.0.0.0/1, 192.0.0.0/2, 128.0.0.0/2, 203.0.113.0/24',
    ],
  ])('warns about the endpoint %j', (endpoint, given) => {
    expect(warningsOf({ ...EKS, endpoint })).toEqual([
      {
        path: 'clusters.prod.endpoint',
        check: 'open-endpoint',
        message: 'Every address on the internet can reach the API server.',
        given,
        allowed: 'your own publicCidrs, private: true, or every address with this warning',
        fix: "Set endpoint: { publicCidrs: ['203.0.113.0/24'] } with your addresses, or { private: true }.",
        source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
      },
    ]);
  });

  test.each([
    ['a private cluster', { ...EKS, endpoint: { private: true } }],
    ['its own addresses', { ...EKS, endpoint: { publicCidrs: ['203.0.113.0/24', '128.0.0.0/1'] } }],
    ['an existing cluster', { ...EKS, kind: 'existing-eks' }],
  ])('is silent on %s', (_, prod) => {
    expect(warningsOf(prod)).toEqual([]);
  });
});
