import { type Finding, shown } from '../finding';

/**
 * The retention periods that CloudWatch accepts, in days.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Checks a retention period in days. */
export function logRetentionFinding(days: number): Finding | undefined {
  if (LOG_RETENTION_DAYS.some((allowed) => allowed === days)) return undefined;
  return {
    message: 'CloudWatch does not accept this retention period.',
    given: shown(days),
    allowed: LOG_RETENTION_DAYS.join(', '),
    fix: `Use ${LOG_RETENTION_DAYS.find((allowed) => allowed > days) ?? LOG_RETENTION_DAYS.at(-1)}.`,
    source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
  };
}

/** A retention period that CloudWatch accepts, in days. */
export type LogRetentionDays = (typeof LOG_RETENTION_DAYS)[number];
