import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { BREAK_GLASS_GROUP } from '../../constraints/eks/break-glass';
import type { IEksCluster } from './cluster';
import { ClusterAdminEntry } from './cluster-admin-entry';
import { tagValue } from './tag-value';

export interface BreakGlassEntryProps {
  readonly cluster: IEksCluster;
  /** ARN of the IAM role that people take on when Okta does not work. */
  readonly roleArn: string;
  /** Why the role may enter, for whoever reviews the entry. */
  readonly reason: string;
  /** Last day of the entry as `YYYY-MM-DD`, for whoever reviews it: EKS does not end it. */
  readonly expires: string;
}

/**
 * The admin entry of an IAM role for when Okta does not work. It carries a Kubernetes group of its own, by which the
 * audit log tells its use from all other.
 */
export class BreakGlassEntry extends Construct {
  /** What has to be there before the role can administer the cluster. */
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, { cluster, roleArn, reason, expires }: BreakGlassEntryProps) {
    super(scope, id);
    this.dependable = new ClusterAdminEntry(this, 'AdminEntry', {
      cluster,
      roleArn,
      kubernetesGroups: [BREAK_GLASS_GROUP],
      tags: { 'break-glass-reason': tagValue(reason), 'break-glass-expires': tagValue(expires) },
    }).dependable;
  }
}
