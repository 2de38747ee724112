import { type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { DataAwsPartition } from '#aws/data-aws-partition';
import { EksAccessEntry } from '#aws/eks-access-entry';
import { EksAccessPolicyAssociation } from '#aws/eks-access-policy-association';
import { roleArnFinding } from '../../constraints/eks/role-arn';
import { type Finding, shown } from '../../constraints/finding';
import { replacedWith } from '../replacement';
import { sameStackFinding } from '../same-stack';
import { unlessToken, validateFindings } from '../validate-findings';
import type { IEksCluster } from './cluster';

export interface ClusterAdminEntryProps {
  /** The cluster, in this stack. */
  readonly cluster: IEksCluster;
  /** ARN of an IAM role other than the cluster's creator, for which EKS creates the entry. */
  readonly roleArn: string;
  /**
   * Kubernetes groups of the role, none starting with `system:`. A group grants nothing by itself.
   * @default - none
   */
  readonly kubernetesGroups?: readonly string[];
  /**
   * Tags of the entry, in addition to the provider's.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** An access entry that makes an IAM role, such as a pipeline's, an admin of a cluster without Okta. */
export class ClusterAdminEntry extends Construct {
  /** What must exist before the role can administer the cluster. */
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ClusterAdminEntryProps) {
    super(scope, id);
    const { cluster, roleArn, kubernetesGroups, tags } = props;
    validateFindings(this, () => [
      unlessToken(roleArn, roleArnFinding),
      ...(kubernetesGroups ?? []).map((group) => unlessToken(group, kubernetesGroupFinding)),
      sameStackFinding(this, cluster, 'cluster', 'Look up the cluster in this stack with EksCluster.fromName.'),
    ]);

    // EKS removes both with the cluster, but the name to which they refer stays the same when it is replaced.
    const lifecycle = replacedWith(cluster.idAddress);
    const entry = new EksAccessEntry(this, 'Resource', {
      clusterName: cluster.clusterName,
      principalArn: roleArn,
      kubernetesGroups: kubernetesGroups && [...kubernetesGroups].sort(),
      tags,
      dependsOn: [cluster.dependable],
      lifecycle,
    });
    // Plain text if known, so that the plan of a new cluster shows the policy.
    const partition = Token.isUnresolved(roleArn)
      ? new DataAwsPartition(this, 'Partition').partition
      : roleArn.split(':')[1];
    this.dependable = new EksAccessPolicyAssociation(this, 'Policy', {
      clusterName: cluster.clusterName,
      // Taken from the entry, so that the policy waits for it.
      principalArn: entry.principalArn,
      policyArn: `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
      accessScope: { type: 'cluster' },
      lifecycle,
    });
  }
}

/** Checks a group of an access entry, which EKS would refuse only when it is applied. */
function kubernetesGroupFinding(group: string): Finding | undefined {
  if (!group.startsWith('system:')) return undefined;
  return {
    message: 'An access entry cannot have a group that Kubernetes reserves.',
    given: shown(group),
    allowed: "a group that does not start with 'system:'",
    fix: 'Choose another group; the access policy of the entry already makes the role an admin.',
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html',
  };
}
