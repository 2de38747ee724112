import { shown } from '../../../constraints/finding';
import { madeClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A cluster without the audit log cannot tell who did what. */
export const noAuditLog: Check = {
  name: 'no-audit-log',
  severity: 'warning',
  reason: 'Failed sign-ins show in the api and audit logs only, and what a person did in the audit log only.',
  fix: "Add 'api' and 'audit' to the cluster's logs.",
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
  restsOn: [],
  find: (access) =>
    madeClusters(access).flatMap(({ key, settings: { logs } }) => {
      const missing = (['api', 'audit'] as const).filter((log) => !logs.includes(log));
      if (missing.length === 0) return [];
      return [
        {
          path: pathText(['clusters', key, 'logs']),
          message: `Nobody will be able to look up who signed in to ${shown(key)}, who was refused, or what they did.`,
          given: logs.length === 0 ? shown([]) : logs.join(', '),
          allowed: `a list with ${missing.join(' and ')}, or without with this warning`,
          fix: 'Leave logs out for the default, or add them.',
        },
      ];
    }),
};
