import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };

/** What the missing logs would show, and the logs to add. */
type Missing = readonly [unseen: string, add: string];

const warning = (key: string, given: string, [unseen, add]: Missing) => ({
  path: `clusters.${key}.logs`,
  check: 'no-audit-log',
  message: `The logs of the cluster '${key}' do not show ${unseen}.`,
  given,
  allowed: 'logs that include api and audit, or fewer with this warning',
  fix: `Add ${add}, or omit logs for the default.`,
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
});

const WHY = 'why sign-ins fail';
const WHO = 'who signed in, who was refused, or what users did';
const API: Missing = [WHY, "'api'"];
const AUDIT: Missing = [WHO, "'audit'"];
const BOTH: Missing = [`${WHY}, ${WHO}`, "'api' and 'audit'"];

const warningsOf = (clusters: Record<string, unknown>) => warningsWith('no-audit-log', { clusters });
const warningsOfLogs = (logs: unknown) => warningsOf({ prod: { ...EKS, logs } });

describe('no-audit-log', () => {
  test.each<readonly [readonly string[], string, Missing]>([
    [[], 'an empty list', BOTH],
    [['scheduler', 'authenticator'], 'scheduler, authenticator', BOTH],
    [['api'], 'api', AUDIT],
    [['audit', 'authenticator'], 'audit, authenticator', API],
  ])('warns about the logs %j', (logs, given, missing) => {
    expect(warningsOfLogs(logs)).toEqual([warning('prod', given, missing)]);
  });

  test('warns about each such cluster', () => {
    const clusters = { prod: { ...EKS, logs: [] }, fine: EKS, test: { ...EKS, logs: ['api'] } };

    expect(warningsOf(clusters)).toEqual([warning('prod', 'an empty list', BOTH), warning('test', 'api', AUDIT)]);
  });

  test.each([[undefined], [['audit', 'api']], [['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']]])(
    'is silent on the logs %j',
    (logs) => {
      expect(warningsOfLogs(logs)).toEqual([]);
    },
  );

  test('is silent on an existing cluster, whose logs are not set here', () => {
    expect(warningsOf({ prod: { kind: 'existing-eks', region: 'eu-west-1' } })).toEqual([]);
  });
});
