import { LOG_RETENTION_DAYS, logRetentionFinding } from '../../../constraints/eks/log-retention';

describe('the days that CloudWatch keeps a log', () => {
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
    // Terraform's provider takes 0 for a log that is kept for ever, which a fixed number never means by accident.
    ['zero', 0, 'Use 1.'],
    ['below zero', -1, 'Use 1.'],
    ['more than ten years', 3654, 'Use 3653.'],
    ['no whole number', 30.5, 'Use 60.'],
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
