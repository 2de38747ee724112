import { Fn, type TerraformStack, Token } from 'cdktf';
import { DataAwsEksCluster } from '#aws/data-aws-eks-cluster';
import { DataAwsEksClusters } from '#aws/data-aws-eks-clusters';
import { KubernetesProvider, type KubernetesProviderConfig } from '#kubernetes/provider';
import type { Access } from '../model/derived/access';
import type { Cluster, EksCluster, SelfManagedCluster } from '../model/derived/clusters';
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
      eksProvider(stack, cluster, lookedUp(stack, cluster));
      break;
    case 'self-managed':
      kubeconfigProvider(stack, cluster);
      break;
    default:
      cluster satisfies never;
  }
}

/** The one Kubernetes provider of an empty stack. Its cluster may no longer exist, which the plan must survive. */
export function absentKubernetesProvider(stack: TerraformStack, cluster: Cluster, access: Access): void {
  switch (cluster.kind) {
    case 'eks':
    case 'existing-eks':
      awsProvider(stack, cluster, access);
      eksProvider(stack, cluster, lookedUpIfListed(stack, cluster));
      break;
    case 'self-managed':
      kubeconfigProvider(stack, cluster);
      break;
    default:
      cluster satisfies never;
  }
}

/** How a provider reaches an API server. */
type ApiServer = Pick<KubernetesProviderConfig, 'host' | 'clusterCaCertificate'>;

function lookedUp(stack: TerraformStack, { name }: EksCluster): ApiServer {
  const cluster = new DataAwsEksCluster(stack, 'Cluster', { name });
  return {
    host: cluster.endpoint,
    clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority.get(0).data),
  };
}

/** Looks a cluster up only if the account has it, because the look-up of a missing cluster fails every plan. */
function lookedUpIfListed(stack: TerraformStack, { name }: EksCluster): ApiServer {
  const { names } = new DataAwsEksClusters(stack, 'Clusters');
  const count = Token.asNumber(Fn.conditional(Fn.contains(names, name), 1, 0));
  const cluster = new DataAwsEksCluster(stack, 'Cluster', { name, count });
  const address = `data.aws_eks_cluster.${cluster.friendlyUniqueId}[0]`;
  return {
    // Without a host, the provider would take another cluster: that of KUBE_HOST, or localhost.
    host: `\${try(${address}.endpoint, "https://the-cluster-no-longer-exists.invalid")}`,
    clusterCaCertificate: `\${try(base64decode(${address}.certificate_authority[0].data), null)}`,
  };
}

function kubeconfigProvider(stack: TerraformStack, { settings }: SelfManagedCluster): void {
  new KubernetesProvider(stack, 'Kubernetes', {
    configPath: '~/.kube/config',
    configContext: settings.kubeconfigContext,
  });
}

function eksProvider(stack: TerraformStack, { name, settings }: EksCluster, apiServer: ApiServer): void {
  const { region, account } = settings;
  const asRole = account?.roleArn === undefined ? [] : ['--role-arn', account.roleArn];
  new KubernetesProvider(stack, 'Kubernetes', {
    ...apiServer,
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
