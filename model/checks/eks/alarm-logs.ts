import { madeClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Alarms are made of logs. */
export const alarmLogs: Check = {
  name: 'alarm-logs',
  severity: 'error',
  reason: 'The alarms count lines of the api and audit logs; without them they are silent for ever.',
  fix: "Add 'api' and 'audit' to the cluster's logs.",
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
  restsOn: [],
  find: (access) =>
    madeClusters(access).flatMap(({ key, settings: { alarms, logs } }) => {
      if (alarms === undefined) return [];
      const missing = (['api', 'audit'] as const).filter((log) => !logs.includes(log));
      return missing.length === 0
        ? []
        : [
            {
              path: pathText(['clusters', key, 'alarms']),
              message: `The cluster has alarms, and does not write what they count: ${missing.join(' and ')}.`,
              given: `logs ${logs.join(', ') || 'none'}`,
              allowed: 'logs with api and audit',
              fix: `Add ${missing.map((log) => `'${log}'`).join(' and ')} to logs, or remove alarms.`,
            },
          ];
    }),
};
