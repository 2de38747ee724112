import type { App } from 'cdktf';
import { EksCluster } from '../constructs/eks/cluster';
import type { Access } from '../model/derived/access';
import { isEks } from '../model/derived/cluster-kinds';
import type { Cluster } from '../model/derived/clusters';
import { hasGuardsStack } from '../model/derived/guards';
import { AccessStack } from './access-stack';
import { awsProvider } from './aws-provider';
import { handOverParts } from './cluster-stack';
import { absentKubernetesProvider } from './kubernetes-provider';
import type { OktaStack } from './okta-stack';
import { handOverNamespaces } from './rbac-stack';

/**
 * Defines the stacks of an absent cluster, without resources: the next deployment removes what they made. They are
 * deployed in the reverse of the usual order, and before `okta`, which removes the app of the cluster.
 */
export function defineAbsentStacks(app: App, access: Access, cluster: Cluster, okta: OktaStack): void {
  const { key } = cluster;
  const stacks: AccessStack[] = [];
  const define = (name: string, provide: (stack: AccessStack) => void) => {
    const stack = new AccessStack(app, `${name}-${key}`, access.backend);
    provide(stack);
    const before = stacks.at(-1);
    if (before !== undefined) stack.addDependency(before);
    stacks.push(stack);
  };
  if (hasGuardsStack(access, cluster)) define('guards', (stack) => absentKubernetesProvider(stack, cluster, access));
  define('rbac', (stack) => {
    absentKubernetesProvider(stack, cluster, access);
    handOverNamespaces(stack, access);
  });
  if (isEks(cluster)) {
    define('cluster', (stack) => {
      awsProvider(stack, cluster, access);
      if (cluster.kind === 'existing-eks' && cluster.settings.handOver) {
        EksCluster.handOver(stack, 'Cluster');
        handOverParts(stack);
      }
    });
  }
  okta.addDependency(stacks.at(-1) as AccessStack);
}
