import { createdClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A cluster with alarms writes the logs that they count. */
export const alarmLogs: Check = {
  name: 'alarm-logs',
  severity: 'error',
  reason: 'Alarms count lines of the api and audit logs. Without these logs, they never go off.',
  fix: "Add 'api' and 'audit' to the cluster's logs.",
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
  requires: [],
  find: (access) =>
    createdClusters(access).flatMap(({ key, settings: { alarms, logs } }) => {
      if (alarms === undefined) return [];
      const missing = (['api', 'audit'] as const).filter((log) => !logs.includes(log));
      return missing.length === 0
        ? []
        : [
            {
              path: pathText(['clusters', key, 'alarms']),
              message: `The alarms of the cluster count lines of logs that it does not write: ${missing.join(' and ')}.`,
              given: logs.join(', ') || 'no logs',
              allowed: 'logs that include api and audit',
              fix: `Add ${missing.map((log) => `'${log}'`).join(' and ')} to logs, or remove alarms.`,
            },
          ];
    }),
};
