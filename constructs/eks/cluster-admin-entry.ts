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
  readonly cluster: IEksCluster;
  /** ARN of an IAM role other than the cluster's creator, which EKS gives its entry by itself. */
  readonly roleArn: string;
  /**
   * Groups that Kubernetes sees the role in; they give nothing by themselves.
   * @default - none
   */
  readonly kubernetesGroups?: readonly string[];
  /**
   * Tags of the entry besides those of the provider.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The access entry of an IAM role that administers a cluster without Okta, such as a pipeline's. */
export class ClusterAdminEntry extends Construct {
  /** What has to be there before the role can administer the cluster. */
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ClusterAdminEntryProps) {
    super(scope, id);
    const { cluster, roleArn, kubernetesGroups, tags } = props;
    validateFindings(this, () => [
      unlessToken(roleArn, roleArnFinding),
      ...(kubernetesGroups ?? []).map((group) => unlessToken(group, kubernetesGroupFinding)),
      sameStackFinding(this, cluster, 'cluster', 'Look the cluster up here with EksCluster.fromName.'),
    ]);

    // EKS removes both with the cluster, whose name, all that they know of it, stays the same.
    const lifecycle = replacedWith(cluster.idAddress);
    const entry = new EksAccessEntry(this, 'Resource', {
      clusterName: cluster.clusterName,
      principalArn: roleArn,
      kubernetesGroups: kubernetesGroups && [...kubernetesGroups].sort(),
      tags,
      dependsOn: [cluster.dependable],
      lifecycle,
    });
    // Plain text where it is known, so that the plan of a new cluster shows the policy.
    const partition = Token.isUnresolved(roleArn)
      ? new DataAwsPartition(this, 'Partition').partition
      : roleArn.split(':')[1];
    this.dependable = new EksAccessPolicyAssociation(this, 'Policy', {
      clusterName: cluster.clusterName,
      // From the entry, so that the policy waits for it.
      principalArn: entry.principalArn,
      policyArn: `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
      accessScope: { type: 'cluster' },
      lifecycle,
    });
  }
}

/** What is wrong with a group of an access entry; EKS would say so only when it is applied. */
function kubernetesGroupFinding(group: string): Finding | undefined {
  if (!group.startsWith('system:')) return undefined;
  return {
    message: "An access entry must not carry a group of Kubernetes' own.",
    given: shown(group),
    allowed: "a group that does not start with 'system:'",
    fix: "Choose another group; the entry's access policy makes the role an admin already.",
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html',
  };
}
