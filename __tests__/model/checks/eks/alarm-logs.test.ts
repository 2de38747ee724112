import { problemsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };

describe('alarm-logs', () => {
  test.each([
    [['api'], 'audit', 'api', "'audit'"],
    [['audit', 'scheduler'], 'api', 'audit, scheduler', "'api'"],
    [[], 'api and audit', 'no logs', "'api' and 'audit'"],
  ])('fails for alarms on the logs %j', (logs, missing, given, add) => {
    const problems = problemsWith({ clusters: { prod: { ...EKS, logs, alarms: {} } } });

    expect(problems).toEqual([
      {
        path: 'clusters.prod.alarms',
        check: 'alarm-logs',
        message: `The alarms of the cluster count lines of logs that it does not write: ${missing}.`,
        given,
        allowed: 'logs that include api and audit',
        fix: `Add ${add} to logs, or remove alarms.`,
        source: 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
      },
    ]);
  });

  test.each([
    ['alarms on the default logs', { ...EKS, alarms: {} }],
    ['alarms on both logs', { ...EKS, logs: ['audit', 'api'], alarms: {} }],
    ['few logs without alarms', { ...EKS, logs: [] }],
    ['alarms of an existing cluster, whose logs are not set here', { ...EKS, kind: 'existing-eks', alarms: {} }],
  ])('is silent on %s', (_, prod) => {
    expect(problemsWith({ clusters: { prod } })).toEqual([]);
  });
});
