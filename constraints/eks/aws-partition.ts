const PARTITIONS = [
  { start: 'cn-', partition: 'aws-cn' },
  { start: 'us-gov-', partition: 'aws-us-gov' },
  { start: 'us-iso-', partition: 'aws-iso' },
  { start: 'us-isob-', partition: 'aws-iso-b' },
  { start: 'eu-isoe-', partition: 'aws-iso-e' },
  { start: 'us-isof-', partition: 'aws-iso-f' },
  { start: 'eusc-', partition: 'aws-eusc' },
] as const;

/**
 * The AWS partition of a region, such as `aws` or `aws-cn`.
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function awsPartition(region: string): string {
  return PARTITIONS.find(({ start }) => region.startsWith(start))?.partition ?? 'aws';
}
