import { awsPartition } from '../../../constraints/eks/aws-partition';

test.each([
  ['us-west-1', 'aws'],
  ['eu-central-1', 'aws'],
  ['ca-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['us-isof-south-1', 'aws-iso-f'],
  ['eusc-de-east-1', 'aws-eusc'],
])('the region %s is in the partition %s', (region, partition) => {
  expect(awsPartition(region)).toBe(partition);
});
