import { awsPartition } from './aws-partition';

/** The domains of each partition: of endpoints for IPv4, and of those for both kinds of addresses. */
const DOMAINS: Readonly<Record<string, readonly [ipv4: string, dualStack: string]>> = {
  aws: ['amazonaws.com', 'api.aws'],
  'aws-cn': ['amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  'aws-us-gov': ['amazonaws.com', 'api.aws'],
  'aws-iso': ['c2s.ic.gov', 'api.aws.ic.gov'],
  'aws-iso-b': ['sc2s.sgov.gov', 'api.aws.scloud'],
  'aws-iso-e': ['cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  'aws-iso-f': ['csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
  'aws-eusc': ['amazonaws.eu', 'api.amazonwebservices.eu'],
};

const IPV4 = /^[a-z0-9]+(?:\.[a-z0-9]+)*\.([a-z]+(?:-[a-z]+)+-\d+)\.eks\.(.+)$/;
const DUAL_STACK = /^[a-z0-9]+(?:\.[a-z0-9]+)*\.eks-cluster\.([a-z]+(?:-[a-z]+)+-\d+)\.(.+)$/;

/**
 * Whether a host name is one that only EKS can give to an API server. It does not say whose cluster it is.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
 * @see https://github.com/aws/aws-sdk-js-v3/blob/main/packages/util-endpoints/src/lib/aws/partitions.json
 */
export function isEksEndpointHost(hostname: string): boolean {
  return [IPV4, DUAL_STACK].some((format, at) => {
    const [, region, domain] = format.exec(hostname) ?? [];
    return region !== undefined && domain !== undefined && DOMAINS[awsPartition(region)]?.[at] === domain;
  });
}
