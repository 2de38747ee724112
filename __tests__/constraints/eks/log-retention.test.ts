import { LOG_RETENTION_DAYS, logRetentionFinding } from '../../../constraints/eks/log-retention';

describe('the retention periods of CloudWatch', () => {
  test('are those of its API', () => {
    expect(LOG_RETENTION_DAYS).toEqual([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ]);
  });

  test.each(LOG_RETENTION_DAYS.map((days) => [days]))('may be %i', (days) => {
    expect(logRetentionFinding(days)).toBeUndefined();
  });

  test.each([
    ['between two', 91, 'Use 120.'],
    // With 0, Terraform's provider keeps a log forever.
    ['zero', 0, 'Use 1.'],
    ['below zero', -1, 'Use 1.'],
    ['more than ten years', 3654, 'Use 3653.'],
    ['not a whole number', 30.5, 'Use 60.'],
  ])('fail where they are %s', (_case, days, fix) => {
    expect(logRetentionFinding(days)).toEqual({
      message: 'CloudWatch does not accept this retention period.',
      given: String(days),
      allowed:
        '1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
      fix,
      source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
    });
  });
});
