import { problemsWith } from '../../../access-files';

const key = (region: string) => `arn:aws:kms:${region}:111122223333:key/12345678-90ab-cdef-1234-567890abcdef`;
const topic = (region: string) => `arn:aws:sns:${region}:111122223333:security`;

const cluster = (kind: string, settings: Record<string, unknown>) => ({ kind, region: 'eu-west-1', ...settings });

const problem = (path: string, what: string, region: string, arn: string) => ({
  path,
  check: 'other-region',
  message: `The ${what} is in ${region}, the cluster in eu-west-1.`,
  given: `'${arn.length > 80 ? `${arn.slice(0, 77)}...` : arn}'`,
  allowed: `a ${what} in eu-west-1`,
  fix: `Use a ${what} in eu-west-1.`,
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html',
});

describe('other-region', () => {
  test('fails for a key and a topic in another region', () => {
    const prod = cluster('eks', { secretsKeyArn: key('eu-west-2'), alarms: { topicArn: topic('us-east-1') } });

    expect(problemsWith({ clusters: { prod } })).toEqual([
      problem('clusters.prod.secretsKeyArn', 'key', 'eu-west-2', key('eu-west-2')),
      problem('clusters.prod.alarms.topicArn', 'topic', 'us-east-1', topic('us-east-1')),
    ]);
  });

  test('fails for the topic of an existing cluster', () => {
    const prod = cluster('existing-eks', { alarms: { topicArn: topic('eu-west-10') } });

    expect(problemsWith({ clusters: { prod } })).toEqual([
      problem('clusters.prod.alarms.topicArn', 'topic', 'eu-west-10', topic('eu-west-10')),
    ]);
  });

  test.each([
    ['in its own region', { secretsKeyArn: key('eu-west-1'), alarms: { topicArn: topic('eu-west-1') } }],
    ['left out', { alarms: {} }],
  ])('allows a cluster with a key and a topic %s', (_, settings) => {
    expect(problemsWith({ clusters: { prod: cluster('eks', settings) } })).toEqual([]);
  });
});
