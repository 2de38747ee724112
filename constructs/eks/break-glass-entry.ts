import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { BREAK_GLASS_GROUP } from '../../constraints/eks/break-glass';
import type { IEksCluster } from './cluster';
import { ClusterAdminEntry } from './cluster-admin-entry';
import { tagValue } from './tag-value';

export interface BreakGlassEntryProps {
  /** The cluster, in this stack. */
  readonly cluster: IEksCluster;
  /** ARN of the IAM role that people assume when Okta does not work. */
  readonly roleArn: string;
  /** Why the role has access: a tag for reviewers of the entry, as far as a tag can hold the text. */
  readonly reason: string;
  /** Last day of the entry, `YYYY-MM-DD`: a tag for reviewers. EKS does not remove the entry after this day. */
  readonly expires: string;
}

/**
 * An admin access entry for an IAM role, for use when Okta does not work. Its own Kubernetes group identifies it in the
 * audit log.
 */
export class BreakGlassEntry extends Construct {
  /** What must exist before the role can administer the cluster. */
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
