import { shown } from '../../../constraints/finding';
import { createdClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** What each log shows. */
const SHOWS = { api: 'why sign-ins fail', audit: 'who signed in, who was refused, or what users did' } as const;

/** The logs of a cluster show who did what. */
export const noAuditLog: Check = {
  name: 'no-audit-log',
  severity: 'warning',
  reason: 'Only the api and audit logs show failed sign-ins, and only the audit log shows what a user did.',
  fix: "Add 'api' and 'audit' to the cluster's logs.",
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
  requires: [],
  find: (access) =>
    createdClusters(access).flatMap(({ key, settings: { logs } }) => {
      const missing = (['api', 'audit'] as const).filter((log) => !logs.includes(log));
      if (missing.length === 0) return [];
      return [
        {
          path: pathText(['clusters', key, 'logs']),
          message: `The logs of the cluster ${shown(key)} do not show ${missing.map((log) => SHOWS[log]).join(', ')}.`,
          given: logs.length === 0 ? shown([]) : logs.join(', '),
          allowed: `logs that include api and audit, or fewer with this warning`,
          fix: `Add ${missing.map((log) => `'${log}'`).join(' and ')}, or omit logs for the default.`,
        },
      ];
    }),
};
