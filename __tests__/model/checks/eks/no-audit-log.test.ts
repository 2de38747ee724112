import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };

const warning = (key: string, given: string, missing: string) => ({
  path: `clusters.${key}.logs`,
  check: 'no-audit-log',
  message: `Nobody will be able to look up who signed in to '${key}', who was refused, or what they did.`,
  given,
  allowed: `a list with ${missing}, or without with this warning`,
  fix: 'Leave logs out for the default, or add them.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
});

const warningsOf = (clusters: Record<string, unknown>) => warningsWith('no-audit-log', { clusters });
const warningsOfLogs = (logs: unknown) => warningsOf({ prod: { ...EKS, logs } });

describe('no-audit-log', () => {
  test.each([
    [[], 'an empty list', 'api and audit'],
    [['scheduler', 'authenticator'], 'scheduler, authenticator', 'api and audit'],
    [['api'], 'api', 'audit'],
    [['audit', 'authenticator'], 'audit, authenticator', 'api'],
  ])('warns of the logs %j', (logs, given, missing) => {
    expect(warningsOfLogs(logs)).toEqual([warning('prod', given, missing)]);
  });

  test('warns of each such cluster', () => {
    const clusters = { prod: { ...EKS, logs: [] }, fine: EKS, test: { ...EKS, logs: ['api'] } };

    expect(warningsOf(clusters)).toEqual([
      warning('prod', 'an empty list', 'api and audit'),
      warning('test', 'api', 'audit'),
    ]);
  });

  test.each([[undefined], [['audit', 'api']], [['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']]])(
    'is silent on the logs %j',
    (logs) => {
      expect(warningsOfLogs(logs)).toEqual([]);
    },
  );

  test('is silent on a cluster that exists, whose logs are not set here', () => {
    expect(warningsOf({ prod: { kind: 'existing-eks', region: 'eu-west-1' } })).toEqual([]);
  });
});
