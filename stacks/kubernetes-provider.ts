import { Fn, type TerraformStack } from 'cdktf';
import { DataAwsEksCluster } from '#aws/data-aws-eks-cluster';
import { KubernetesProvider } from '#kubernetes/provider';
import { type Access, type AnyEksCluster, type Cluster, clusterName, isEks } from '../model/file/access';
import { awsProvider } from './aws-provider';

/**
 * The one Kubernetes provider of a stack: of a cluster that EKS has by its name, or of one that is managed elsewhere by
 * a context of the kubeconfig.
 */
export function kubernetesProvider(stack: TerraformStack, key: string, access: Access): void {
  const cluster = access.clusters[key] as Cluster;
  if (isEks(cluster)) {
    awsProvider(stack, cluster, access);
    eksProvider(stack, clusterName(key, cluster), cluster);
  } else {
    new KubernetesProvider(stack, 'Kubernetes', {
      configPath: '~/.kube/config',
      configContext: cluster.kubeconfigContext,
    });
  }
}

function eksProvider(stack: TerraformStack, name: string, { region, account }: AnyEksCluster): void {
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
