import { Fn, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { DataAwsEksCluster } from '#aws/data-aws-eks-cluster';
import { KubernetesProvider } from '#kubernetes/provider';
import { ClusterRoleBinding } from '../constructs/kubernetes/cluster-role-binding';
import { GroupSubject } from '../constructs/kubernetes/group-subject';
import { type Access, type Cluster, clusterName } from '../model/access';
import type { Binding } from '../model/bindings';
import { AccessStack } from './access-stack';
import { awsProvider } from './aws-provider';
import type { ClusterStack } from './cluster-stack';

export interface RbacStackProps {
  readonly access: Access;
  /** Key of the cluster in the access file. */
  readonly clusterKey: string;
  readonly cluster: Cluster;
  readonly clusterStack: ClusterStack;
  readonly bindings: readonly Binding[];
}

/**
 * The RBAC of one cluster. A stack of its own: a Kubernetes provider cannot be configured from a cluster
 * that the same apply makes.
 */
export class RbacStack extends AccessStack {
  constructor(scope: Construct, id: string, props: RbacStackProps) {
    super(scope, id);
    const { access, cluster } = props;
    awsProvider(this, cluster, access);
    kubernetesProvider(this, clusterName(props.clusterKey, cluster), cluster);
    this.addDependency(props.clusterStack);

    const scopeOfBindings = new Construct(this, 'ClusterRoleBinding');
    for (const { name, role, groups } of props.bindings) {
      new ClusterRoleBinding(scopeOfBindings, name, {
        role,
        subjects: groups.map((group) => new GroupSubject(group, access.identityProvider.prefix.groups)),
      });
    }
  }
}

/** The Kubernetes provider of a cluster that is looked up by its name. */
function kubernetesProvider(stack: TerraformStack, name: string, { region, account }: Cluster): void {
  const cluster = new DataAwsEksCluster(stack, 'Cluster', { name });
  const asRole = account?.roleArn === undefined ? [] : ['--role-arn', account.roleArn];
  new KubernetesProvider(stack, 'Kubernetes', {
    host: cluster.endpoint,
    clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority.get(0).data),
    exec: [
      {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: 'aws',
        // A static token would last 15 minutes. The region by argument: version 1 of the CLI ignores AWS_REGION.
        args: ['eks', 'get-token', '--cluster-name', name, '--region', region, ...asRole],
      },
    ],
  });
}
