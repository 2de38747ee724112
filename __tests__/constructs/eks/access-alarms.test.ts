import { TerraformStack } from 'cdktf';
import { AwsProvider } from '#aws/provider';
import { AccessAlarms } from '../../../constructs/eks/access-alarms';
import { ControlPlaneLogGroup } from '../../../constructs/eks/control-plane-log-group';
import { resources, type StackJson, synthesized, synthesizedConstructs, theAddress } from '../../synthesized';
import { constructError } from '../construct-error';

const FILTER = 'aws_cloudwatch_log_metric_filter';
const ALARM = 'aws_cloudwatch_metric_alarm';
const alarms = (props: object = {}) =>
  synthesizedConstructs((stack) => {
    new AccessAlarms(stack, 'Alarms', {
      clusterName: 'prod',
      logGroup: ControlPlaneLogGroup.fromClusterName('prod'),
      ...props,
    });
  });
const named = (stack: StackJson, type: string, key: string) =>
  Object.fromEntries(resources(stack, type).map((resource) => [resource[key], resource]));

describe('AccessAlarms', () => {
  test('are a filter and an alarm on each signal, and nothing else', () => {
    const stack = alarms();

    expect(Object.keys(named(stack, FILTER, 'name')).sort()).toEqual([
      'EksAccess/prod/AnonymousAccess',
      'EksAccess/prod/FailedAuthentication',
      'EksAccess/prod/Forbidden',
      'EksAccess/prod/RefusedOidcTokens',
    ]);
    expect(Object.keys(named(stack, ALARM, 'alarm_name')).sort()).toEqual([
      'EksAccess/prod/AnonymousAccess',
      'EksAccess/prod/FailedAuthentication',
      'EksAccess/prod/Forbidden',
      'EksAccess/prod/RefusedOidcTokens',
    ]);
    expect(Object.keys(stack.resource ?? {}).sort()).toEqual([FILTER, ALARM].sort());
    expect(stack.data).toBeUndefined();
  });

  test('count lines as totals: no dimensions, which would make a metric of each person, and no default value', () => {
    expect(named(alarms(), FILTER, 'name')['EksAccess/prod/FailedAuthentication']).toEqual({
      name: 'EksAccess/prod/FailedAuthentication',
      log_group_name: '/aws/eks/prod/cluster',
      pattern: '{ $.responseStatus.code = 401 }',
      metric_transformation: { name: 'FailedAuthentication', namespace: 'EksAccess/prod', value: '1' },
    });
  });

  test('are raised by the sum over the periods of a signal, and not by silence', () => {
    expect(named(alarms(), ALARM, 'alarm_name')['EksAccess/prod/Forbidden']).toEqual({
      alarm_name: 'EksAccess/prod/Forbidden',
      alarm_description: 'More than one denied request per second for ten minutes (403 in the audit log).',
      namespace: 'EksAccess/prod',
      metric_name: 'Forbidden',
      statistic: 'Sum',
      period: 300,
      evaluation_periods: 2,
      threshold: 300,
      comparison_operator: 'GreaterThanThreshold',
      treat_missing_data: 'notBreaching',
    });
  });

  test('each watch the metric of their own filter', () => {
    const stack = alarms({ breakGlass: true });

    const counted = resources(stack, FILTER).map(({ metric_transformation }) => metric_transformation);
    expect(
      resources(stack, ALARM).map(({ namespace, metric_name: name }) => ({ name, namespace, value: '1' })),
    ).toEqual(counted);
  });

  test('report a single use of break-glass access if the cluster has it', () => {
    const stack = alarms({ breakGlass: true });

    expect(resources(stack, FILTER)).toHaveLength(5);
    expect(named(stack, FILTER, 'name')['EksAccess/prod/BreakGlass']).toEqual({
      name: 'EksAccess/prod/BreakGlass',
      log_group_name: '/aws/eks/prod/cluster',
      pattern: '{ $.user.groups[*] = "break-glass" }',
      metric_transformation: { name: 'BreakGlass', namespace: 'EksAccess/prod', value: '1' },
    });
    expect(named(stack, ALARM, 'alarm_name')['EksAccess/prod/BreakGlass']).toMatchObject({
      metric_name: 'BreakGlass',
      threshold: 0,
      evaluation_periods: 1,
    });
  });

  test('notify a topic if there is one', () => {
    const topicArn = 'arn:aws:sns:us-west-1:111122223333:security';

    expect(resources(alarms({ topicArn }), ALARM).map(({ alarm_actions }) => alarm_actions)).toEqual(
      Array(4).fill([topicArn]),
    );
  });

  test('wait for a log group that is made', () => {
    const stack = synthesizedConstructs((scope) => {
      const logGroup = new ControlPlaneLogGroup(scope, 'Logs', { clusterName: 'prod' });
      new AccessAlarms(scope, 'Alarms', { clusterName: 'prod', logGroup });
    });

    expect(resources(stack, FILTER).map(({ depends_on }) => depends_on)).toEqual(
      Array(4).fill([theAddress(stack, 'aws_cloudwatch_log_group')]),
    );
    expect(resources(stack, FILTER).map(({ log_group_name }) => log_group_name)).toEqual(
      Array(4).fill('/aws/eks/prod/cluster'),
    );
  });

  test('of two clusters in one stack share no name and no metric', () => {
    const stack = synthesizedConstructs((scope) => {
      for (const clusterName of ['prod', 'prod-eu']) {
        const logGroup = ControlPlaneLogGroup.fromClusterName(clusterName);
        new AccessAlarms(scope, `Alarms-${clusterName}`, { clusterName, logGroup, breakGlass: true });
      }
    });

    const metrics = resources(stack, FILTER).map(
      ({ metric_transformation: { namespace, name } }) => `${namespace} ${name}`,
    );
    const names = resources(stack, ALARM).map(({ alarm_name }) => alarm_name);
    expect(new Set(metrics).size).toBe(10);
    expect(new Set(names).size).toBe(10);
  });

  test('have names of at most 255 characters, however long the name of the cluster', () => {
    const stack = alarms({ clusterName: 'c'.repeat(100), breakGlass: true });

    for (const { alarm_name, namespace } of resources(stack, ALARM)) {
      expect(alarm_name.length).toBeLessThanOrEqual(255);
      expect(namespace.length).toBeLessThanOrEqual(255);
    }
  });

  test('fail on a name that no cluster can have', () => {
    expect(() => alarms({ clusterName: 'prod:eu' })).toThrow(
      constructError(
        'test/Alarms',
        'This is not a valid name for an EKS cluster.',
        "Given: 'prod:eu', 7 characters.",
        'Allowed: 1 to 100 characters, letters, digits, - and _, starting with a letter or digit.',
        'Fix: Use only the allowed characters.',
      ),
    );
  });

  test('fail in another stack than a log group that is made, which they could not wait for there', () => {
    const build = () =>
      synthesized((app) => {
        const [one, other] = ['one', 'other'].map((id) => {
          const stack = new TerraformStack(app, id);
          new AwsProvider(stack, 'aws', {});
          return stack;
        }) as [TerraformStack, TerraformStack];
        const logGroup = new ControlPlaneLogGroup(one, 'Logs', { clusterName: 'prod' });
        new AccessAlarms(other, 'Alarms', { clusterName: 'prod', logGroup });
      });

    expect(build).toThrow(
      constructError(
        'other/Alarms',
        'The log group is in another stack, and Terraform cannot depend on it from this one.',
        'Given: the log group in the stack one.',
        'Allowed: one in the stack other.',
        'Fix: Create the alarms in the stack of the log group.',
      ),
    );
  });
});
