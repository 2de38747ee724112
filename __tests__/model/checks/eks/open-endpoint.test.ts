import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };

const warningsOf = (prod: Record<string, unknown>) => warningsWith('open-endpoint', { clusters: { prod } });

describe('open-endpoint', () => {
  test.each([
    [undefined, '0.0.0.0/0'],
    [{}, '0.0.0.0/0'],
    [{ publicCidrs: ['203.0.113.0/24', '0.0.0.0/0'] }, '0.0.0.0/0'],
    [{ publicCidrs: ['::/0', '0.0.0.0/0'] }, '::/0, 0.0.0.0/0'],
    [{ private: true, publicCidrs: ['::/0'] }, '::/0'],
  ])('warns of the endpoint %j', (endpoint, given) => {
    expect(warningsOf({ ...EKS, endpoint })).toEqual([
      {
        path: 'clusters.prod.endpoint',
        check: 'open-endpoint',
        message: 'The API server answers every address of the internet.',
        given,
        allowed: 'publicCidrs of your own, private: true, or everyone with this warning',
        fix: "Set endpoint: { publicCidrs: ['203.0.113.0/24'] } with your addresses, or { private: true }.",
        source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
      },
    ]);
  });

  test.each([
    ['a private cluster', { ...EKS, endpoint: { private: true } }],
    ['addresses of its own', { ...EKS, endpoint: { publicCidrs: ['203.0.113.0/24', '2001:db8::/32'] } }],
    ['a cluster that exists', { ...EKS, kind: 'existing-eks' }],
  ])('is silent on %s', (_, prod) => {
    expect(warningsOf(prod)).toEqual([]);
  });
});
