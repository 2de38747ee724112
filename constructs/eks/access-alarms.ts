import { Construct } from 'constructs';
import { CloudwatchLogMetricFilter } from '#aws/cloudwatch-log-metric-filter';
import { CloudwatchMetricAlarm } from '#aws/cloudwatch-metric-alarm';
import { sameStackFinding } from '../same-stack';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import { ACCESS_SIGNALS, BREAK_GLASS_SIGNAL, SIGNAL_PERIOD_SECONDS } from './access-signals';
import type { IControlPlaneLogGroup } from './control-plane-log-group';

export interface AccessAlarmsProps {
  /** Name of the cluster, 1 to 100 characters; part of the names of metrics and alarms. */
  readonly clusterName: string;
  /** Log group of the cluster's `audit` and `api` logs. An alarm never fires while its log is off. */
  readonly logGroup: IControlPlaneLogGroup;
  /**
   * ARN of the SNS topic that alarms notify. The policy of the topic must allow CloudWatch to publish.
   * @default - alarms show only in CloudWatch
   */
  readonly topicArn?: string;
  /**
   * Whether a use of break-glass access also raises an alarm.
   * @default false
   */
  readonly breakGlass?: boolean;
}

/** CloudWatch alarms on refused access, and on access that bypasses Okta; totals, without names of users. */
export class AccessAlarms extends Construct {
  constructor(scope: Construct, id: string, { clusterName, logGroup, topicArn, breakGlass }: AccessAlarmsProps) {
    super(scope, id);
    validateName(this, 'eksCluster', clusterName);
    validateFindings(this, () => [
      Construct.isConstruct(logGroup)
        ? sameStackFinding(this, logGroup, 'log group', 'Create the alarms in the stack of the log group.')
        : undefined,
    ]);

    // One namespace per cluster: without dimensions, all clusters in the region would share a metric.
    const namespace = `EksAccess/${clusterName}`;
    for (const signal of breakGlass ? [...ACCESS_SIGNALS, BREAK_GLASS_SIGNAL] : ACCESS_SIGNALS) {
      const scopeOfSignal = new Construct(this, signal.name);
      // CloudWatch overwrites any existing filter or alarm of the same name.
      const name = `${namespace}/${signal.name}`;
      new CloudwatchLogMetricFilter(scopeOfSignal, 'Filter', {
        name,
        logGroupName: logGroup.logGroupName,
        pattern: signal.pattern,
        metricTransformation: { name: signal.name, namespace, value: '1' },
        dependsOn: logGroup.dependables.length > 0 ? [...logGroup.dependables] : undefined,
      });
      new CloudwatchMetricAlarm(scopeOfSignal, 'Alarm', {
        alarmName: name,
        alarmDescription: signal.description,
        namespace,
        metricName: signal.name,
        statistic: 'Sum',
        period: SIGNAL_PERIOD_SECONDS,
        evaluationPeriods: signal.periods,
        threshold: signal.threshold,
        comparisonOperator: 'GreaterThanThreshold',
        // A filter that matches no line reports no data.
        treatMissingData: 'notBreaching',
        alarmActions: topicArn ? [topicArn] : undefined,
      });
    }
  }
}
