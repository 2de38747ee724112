import { Fn, type TerraformStack } from 'cdktf';
import { DataAwsEksCluster } from '#aws/data-aws-eks-cluster';
import { KubernetesProvider } from '#kubernetes/provider';
import type { Access } from '../model/derived/access';
import type { Cluster, EksCluster } from '../model/derived/clusters';
import { awsProvider } from './aws-provider';

/**
 * The one Kubernetes provider of a stack. It finds a cluster in EKS by name, and a self-managed cluster by a context of
 * the kubeconfig.
 */
export function kubernetesProvider(stack: TerraformStack, cluster: Cluster, access: Access): void {
  switch (cluster.kind) {
    case 'eks':
    case 'existing-eks':
      awsProvider(stack, cluster, access);
      eksProvider(stack, cluster);
      break;
    case 'self-managed':
      new KubernetesProvider(stack, 'Kubernetes', {
        configPath: '~/.kube/config',
        configContext: cluster.settings.kubeconfigContext,
      });
      break;
    default:
      cluster satisfies never;
  }
}

function eksProvider(stack: TerraformStack, { name, settings: { region, account } }: EksCluster): void {
  const cluster = new DataAwsEksCluster(stack, 'Cluster', { name });
  const asRole = account?.roleArn === undefined ? [] : ['--role-arn', account.roleArn];
  new KubernetesProvider(stack, 'Kubernetes', {
    host: cluster.endpoint,
    clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority.get(0).data),
    exec: [
      {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: 'aws',
        // A static token lasts only 15 minutes. The region is an argument: version 1 of the CLI ignores AWS_REGION.
        args: ['eks', 'get-token', '--cluster-name', name, '--region', region, ...asRole],
      },
    ],
  });
}
