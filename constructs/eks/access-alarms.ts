import { Construct } from 'constructs';
import { CloudwatchLogMetricFilter } from '#aws/cloudwatch-log-metric-filter';
import { CloudwatchMetricAlarm } from '#aws/cloudwatch-metric-alarm';
import { sameStackFinding } from '../same-stack';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import { ACCESS_SIGNALS, BREAK_GLASS_SIGNAL, SIGNAL_PERIOD_SECONDS } from './access-signals';
import type { IControlPlaneLogGroup } from './control-plane-log-group';

export interface AccessAlarmsProps {
  /** 1 to 100 characters. */
  readonly clusterName: string;
  /** Where the cluster's `audit` and `api` logs go; an alarm stays silent where its log is off. */
  readonly logGroup: IControlPlaneLogGroup;
  /**
   * ARN of the SNS topic that is told of an alarm; its policy has to let CloudWatch publish.
   * @default - the alarms show in CloudWatch only
   */
  readonly topicArn?: string;
  /**
   * Whether a use of break-glass access is an alarm too.
   * @default false
   */
  readonly breakGlass?: boolean;
}

/** Alarms on who is refused by a cluster, and on who gets in past Okta; totals, without names of people. */
export class AccessAlarms extends Construct {
  constructor(scope: Construct, id: string, { clusterName, logGroup, topicArn, breakGlass }: AccessAlarmsProps) {
    super(scope, id);
    validateName(this, 'eksCluster', clusterName);
    validateFindings(this, () => [
      Construct.isConstruct(logGroup)
        ? sameStackFinding(this, logGroup, 'log group', 'Make the alarms in the stack of the log group.')
        : undefined,
    ]);

    // A namespace per cluster: without dimensions, one metric would be shared by every cluster of the region.
    const namespace = `EksAccess/${clusterName}`;
    for (const signal of breakGlass ? [...ACCESS_SIGNALS, BREAK_GLASS_SIGNAL] : ACCESS_SIGNALS) {
      const parts = new Construct(this, signal.name);
      // CloudWatch overwrites a filter or an alarm of the same name, somebody's own included.
      const name = `${namespace}/${signal.name}`;
      new CloudwatchLogMetricFilter(parts, 'Filter', {
        name,
        logGroupName: logGroup.logGroupName,
        pattern: signal.pattern,
        metricTransformation: { name: signal.name, namespace, value: '1' },
        dependsOn: logGroup.dependables.length > 0 ? [...logGroup.dependables] : undefined,
      });
      new CloudwatchMetricAlarm(parts, 'Alarm', {
        alarmName: name,
        alarmDescription: signal.description,
        namespace,
        metricName: signal.name,
        statistic: 'Sum',
        period: SIGNAL_PERIOD_SECONDS,
        evaluationPeriods: signal.periods,
        threshold: signal.threshold,
        comparisonOperator: 'GreaterThanThreshold',
        // A filter that counts nothing reports nothing.
        treatMissingData: 'notBreaching',
        alarmActions: topicArn ? [topicArn] : undefined,
      });
    }
  }
}
