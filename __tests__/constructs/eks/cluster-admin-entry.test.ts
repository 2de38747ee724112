import { TerraformStack, TerraformVariable } from 'cdktf';
import { AwsProvider } from '#aws/provider';
import { EksCluster } from '../../../constructs/eks/cluster';
import { ClusterAdminEntry } from '../../../constructs/eks/cluster-admin-entry';
import { EksClusterRole } from '../../../constructs/eks/cluster-role';
import { synthesized, synthesizedConstructs, theAddress, theData, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const entryOf = (roleArn: string) =>
  synthesizedConstructs((stack) => {
    const cluster = EksCluster.fromName(stack, 'Cluster', 'prod');
    new ClusterAdminEntry(stack, 'Entry', { cluster, roleArn });
  });

describe('ClusterAdminEntry', () => {
  test('lets one IAM role into the cluster, once the cluster is there', () => {
    const stack = entryOf('arn:aws:iam::111122223333:role/deployer');

    expect(theResource(stack, 'aws_eks_access_entry')).toEqual({
      cluster_name: 'prod',
      principal_arn: 'arn:aws:iam::111122223333:role/deployer',
      depends_on: [theAddress(stack, 'data.aws_eks_cluster')],
    });
  });

  test('makes the role an admin of the whole cluster, once it has its entry', () => {
    const stack = entryOf('arn:aws:iam::111122223333:role/deployer');

    expect(theResource(stack, 'aws_eks_access_policy_association')).toEqual({
      cluster_name: 'prod',
      principal_arn: `\${${theAddress(stack, 'aws_eks_access_entry')}.principal_arn}`,
      policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      access_scope: { type: 'cluster' },
    });
    expect(Object.keys(stack.resource ?? {})).toEqual(['aws_eks_access_entry', 'aws_eks_access_policy_association']);
    expect(stack.data?.aws_partition).toBeUndefined();
  });

  test('waits for a cluster that is made', () => {
    const stack = synthesizedConstructs((scope) => {
      const role = new EksClusterRole(scope, 'Role', { roleName: 'EKSCluster' });
      const cluster = new EksCluster(scope, 'Cluster', { name: 'prod', role, subnetIds: ['subnet-1', 'subnet-2'] });
      new ClusterAdminEntry(scope, 'Entry', { cluster, roleArn: 'arn:aws:iam::111122223333:role/deployer' });
    });

    expect(theResource(stack, 'aws_eks_access_entry').depends_on).toEqual([theAddress(stack, 'aws_eks_cluster')]);
  });

  test('is replaced with its cluster, which then has the same name and no such entry', () => {
    const stack = synthesizedConstructs((scope) => {
      const role = new EksClusterRole(scope, 'Role', { roleName: 'EKSCluster' });
      const cluster = new EksCluster(scope, 'Cluster', { name: 'prod', role, subnetIds: ['subnet-1', 'subnet-2'] });
      new ClusterAdminEntry(scope, 'Entry', { cluster, roleArn: 'arn:aws:iam::111122223333:role/deployer' });
    });

    const lifecycle = { replace_triggered_by: [`${theAddress(stack, 'aws_eks_cluster')}.id`] };
    expect(theResource(stack, 'aws_eks_access_entry').lifecycle).toEqual(lifecycle);
    expect(theResource(stack, 'aws_eks_access_policy_association').lifecycle).toEqual(lifecycle);
  });

  test.each(['aws-cn', 'aws-us-gov'])('has the policy of the partition of its role, %s', (partition) => {
    const stack = entryOf(`arn:${partition}:iam::111122223333:role/deployer`);

    expect(theResource(stack, 'aws_eks_access_policy_association').policy_arn).toBe(
      `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
    );
  });

  test('looks up the partition if only Terraform knows the role', () => {
    const stack = synthesizedConstructs((scope) => {
      const cluster = EksCluster.fromName(scope, 'Cluster', 'prod');
      new ClusterAdminEntry(scope, 'Entry', {
        cluster,
        roleArn: new TerraformVariable(scope, 'role', {}).stringValue,
      });
    });

    expect(theResource(stack, 'aws_eks_access_entry').principal_arn).toBe('${var.role}');
    expect(theData(stack, 'aws_partition')).toEqual({});
    expect(theResource(stack, 'aws_eks_access_policy_association').policy_arn).toBe(
      `arn:\${${theAddress(stack, 'data.aws_partition')}.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
    );
  });

  test('carries groups, sorted, and tags where they are given', () => {
    const stack = synthesizedConstructs((scope) => {
      new ClusterAdminEntry(scope, 'Entry', {
        cluster: EksCluster.fromName(scope, 'Cluster', 'prod'),
        roleArn: 'arn:aws:iam::111122223333:role/deployer',
        kubernetesGroups: Object.freeze(['pipelines', 'deployers']),
        tags: { owner: 'platform' },
      });
    });

    expect(theResource(stack, 'aws_eks_access_entry')).toEqual({
      cluster_name: 'prod',
      principal_arn: 'arn:aws:iam::111122223333:role/deployer',
      kubernetes_groups: ['deployers', 'pipelines'],
      tags: { owner: 'platform' },
      depends_on: [theAddress(stack, 'data.aws_eks_cluster')],
    });
  });

  const entryIn = (...kubernetesGroups: string[]) =>
    synthesizedConstructs((scope) => {
      new ClusterAdminEntry(scope, 'Entry', {
        cluster: EksCluster.fromName(scope, 'Cluster', 'prod'),
        roleArn: 'arn:aws:iam::111122223333:role/deployer',
        kubernetesGroups,
      });
    });

  test("fails on each group of Kubernetes' own, which EKS refuses when it is applied", () => {
    const own = (group: string) =>
      constructError(
        'test/Entry',
        'An access entry cannot have a group that Kubernetes reserves.',
        `Given: '${group}'.`,
        "Allowed: a group that does not start with 'system:'.",
        'Fix: Choose another group; the access policy of the entry already makes the role an admin.',
      );

    expect(() => entryIn('system:masters', 'fine', 'system:nodes')).toThrow(
      `${own('system:masters').message}\n\n${own('system:nodes').message}`,
    );
  });

  test("may carry a group with 'system:' further on", () => {
    expect(theResource(entryIn('our-system:masters'), 'aws_eks_access_entry').kubernetes_groups).toEqual([
      'our-system:masters',
    ]);
  });

  test('may carry a group that only Terraform knows', () => {
    const stack = synthesizedConstructs((scope) => {
      new ClusterAdminEntry(scope, 'Entry', {
        cluster: EksCluster.fromName(scope, 'Cluster', 'prod'),
        roleArn: 'arn:aws:iam::111122223333:role/deployer',
        kubernetesGroups: [`system:${new TerraformVariable(scope, 'group', {}).stringValue}`],
      });
    });

    expect(theResource(stack, 'aws_eks_access_entry').kubernetes_groups).toEqual(['system:${var.group}']);
  });

  test('fails on a text that is not the ARN of a role', () => {
    expect(() => entryOf('arn:aws:sts::111122223333:assumed-role/deployer/session')).toThrow(
      constructError(
        'test/Entry',
        'An access entry needs the ARN of an IAM role.',
        "Given: 'arn:aws:sts::111122223333:assumed-role/deployer/session'.",
        'Allowed: the ARN of the role, not of its session: arn:aws:iam::111122223333:role/deployer.',
        'Fix: Use the full ARN of the role, not the ARN of a session.',
      ),
    );
  });

  test('fails in another stack than its cluster, which it could not wait for there', () => {
    const build = () =>
      synthesized((scope) => {
        const [one, other] = ['one', 'other'].map((id) => {
          const stack = new TerraformStack(scope, id);
          new AwsProvider(stack, 'aws', {});
          return stack;
        }) as [TerraformStack, TerraformStack];
        const cluster = EksCluster.fromName(one, 'Cluster', 'prod');
        new ClusterAdminEntry(other, 'Entry', { cluster, roleArn: 'arn:aws:iam::111122223333:role/deployer' });
      });

    expect(build).toThrow(
      constructError(
        'other/Entry',
        'The cluster is in another stack, and Terraform cannot depend on it from this one.',
        'Given: the cluster in the stack one.',
        'Allowed: one in the stack other.',
        'Fix: Look up the cluster in this stack with EksCluster.fromName.',
      ),
    );
  });
});
