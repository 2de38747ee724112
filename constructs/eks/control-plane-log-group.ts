import { type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { CloudwatchLogGroup } from '#aws/cloudwatch-log-group';
import { logRetentionFinding } from '../../constraints/eks/log-retention';
import { Forgotten } from '../forgotten';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';

/** The CloudWatch log group of a control plane, created here or by EKS. */
export interface IControlPlaneLogGroup {
  /** Name as plain text. */
  readonly logGroupName: string;
  /** What must exist before anything is added to the log group; empty if EKS created it. */
  readonly dependables: readonly ITerraformDependable[];
}

export interface ControlPlaneLogGroupProps {
  /** Name of the cluster, 1 to 100 characters. */
  readonly clusterName: string;
  /**
   * Days that CloudWatch keeps each line, a retention period that it accepts. 90 days cover a quarterly access review.
   * @default 90
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  readonly retentionDays?: number;
}

/**
 * The log group for the control-plane logs of a new cluster. Pass it to the cluster, which must be created after it.
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

  /** The log group that EKS created for an existing cluster with logs enabled. */
  static fromClusterName(clusterName: string): IControlPlaneLogGroup {
    return { logGroupName: logGroupName(clusterName), dependables: [] };
  }

  /** Makes Terraform forget the log group that a construct with this id made: it keeps its logs and their retention. */
  static handOver(scope: Construct, id: string): void {
    new Forgotten(new Construct(scope, id), 'Resource', CloudwatchLogGroup.tfResourceType);
  }
}

function logGroupName(clusterName: string): string {
  return `/aws/eks/${clusterName}/cluster`;
}
