import { isEksEndpointHost } from '../../../constraints/eks/endpoint-host';

describe('the host of an API server in EKS', () => {
  test.each([
    'ab12cd34.gr7.eu-west-1.eks.amazonaws.com',
    'ab12cd34.yl4.cn-north-1.eks.amazonaws.com.cn',
    'ab12cd34.sk1.us-gov-west-1.eks.amazonaws.com',
    'ab12cd34.gr7.us-iso-east-1.eks.c2s.ic.gov',
    'ab12cd34.gr7.eusc-de-east-1.eks.amazonaws.eu',
    'ab12cd34.gr7.eks-cluster.eu-west-1.api.aws',
    'ab12cd34.gr7.eks-cluster.cn-north-1.api.amazonwebservices.com.cn',
  ])('is %s', (host) => {
    expect(isEksEndpointHost(host)).toBe(true);
  });

  test.each([
    'eks.amazonaws.com',
    'eu-west-1.eks.amazonaws.com',
    'ab12cd34.gr7.eu-west-1.eks.amazonaws.com.evil.example',
    'ab12cd34.gr7.eu-west-1.eks.amazonaws.com.',
    'ab12cd34.gr7.eu-west-1.eks.amazonaws.com:8443',
    'ab12cd34.gr7.eu-west-1.eks-amazonaws.com',
    'ab12cd34.gr7.eu-west-1.eks.amazonaws.com.cn',
    'ab12cd34.gr7.cn-north-1.eks.amazonaws.com',
    'ab12cd34.execute-api.eu-west-1.amazonaws.com',
    'ab12cd34.execute-api.eu-west-1.api.aws',
    'ab12cd34.lambda-url.eu-west-1.on.aws',
    'ab12cd34.gr7.eu-west-1.eks.amazonaws.co',
    '127.0.0.1',
    '',
  ])('is not %j', (host) => {
    expect(isEksEndpointHost(host)).toBe(false);
  });
});
