import { type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { CloudwatchLogGroup } from '#aws/cloudwatch-log-group';
import { logRetentionFinding } from '../../constraints/eks/log-retention';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';

/** The CloudWatch log group of a control plane, made here or by EKS. */
export interface IControlPlaneLogGroup {
  /** Name as plain text. */
  readonly logGroupName: string;
  /** What has to be there before anything is added to the log group; nothing where EKS made it. */
  readonly dependables: readonly ITerraformDependable[];
}

export interface ControlPlaneLogGroupProps {
  /** 1 to 100 characters. */
  readonly clusterName: string;
  /**
   * Days that CloudWatch keeps each line, one of `LOG_RETENTION_DAYS`.
   * @default 90, so that a quarterly access review can look back over its whole quarter
   */
  readonly retentionDays?: number;
}

/**
 * The log group that EKS writes a new cluster's control-plane logs to. Give it to the cluster, which has to be made after it.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
export class ControlPlaneLogGroup extends Construct implements IControlPlaneLogGroup {
  readonly logGroupName: string;
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { clusterName, retentionDays = 90 }: ControlPlaneLogGroupProps) {
    super(scope, id);
    validateName(this, 'eksCluster', clusterName);
    validateFindings(this, () => [Token.isUnresolved(retentionDays) ? undefined : logRetentionFinding(retentionDays)]);

    this.logGroupName = logGroupName(clusterName);
    this.dependables = [
      new CloudwatchLogGroup(this, 'Resource', { name: this.logGroupName, retentionInDays: retentionDays }),
    ];
  }

  /** The log group that EKS made by itself for a cluster that exists and has logs switched on. */
  static fromClusterName(clusterName: string): IControlPlaneLogGroup {
    return { logGroupName: logGroupName(clusterName), dependables: [] };
  }
}

function logGroupName(clusterName: string): string {
  return `/aws/eks/${clusterName}/cluster`;
}
