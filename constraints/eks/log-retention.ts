import { type Finding, shown } from '../finding';

/**
 * The numbers of days that CloudWatch keeps a log; it takes no other.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** What is wrong with the number of days that a log is kept. */
export function logRetentionFinding(days: number): Finding | undefined {
  if (LOG_RETENTION_DAYS.some((allowed) => allowed === days)) return undefined;
  return {
    message: 'CloudWatch does not keep a log for this number of days.',
    given: shown(days),
    allowed: LOG_RETENTION_DAYS.join(', '),
    fix: `Take ${LOG_RETENTION_DAYS.find((allowed) => allowed > days) ?? LOG_RETENTION_DAYS.at(-1)}.`,
    source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
  };
}

/** A number of days that CloudWatch keeps a log. */
export type LogRetentionDays = (typeof LOG_RETENTION_DAYS)[number];
