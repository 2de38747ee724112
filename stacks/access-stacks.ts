import type { App } from 'cdktf';
import { bindingsByCluster } from '../model/derived/bindings';
import { guardsOf, hasGuards } from '../model/derived/guards';
import { type Access, isEks, namespacesByCluster } from '../model/file/access';
import { ClusterStack } from './cluster-stack';
import { GuardsStack } from './guards-stack';
import { OktaStack } from './okta-stack';
import { RbacStack } from './rbac-stack';

/**
 * Defines every stack of an access file: `okta`, and for each cluster `cluster-<key>` (of EKS), `rbac-<key>`, and
 * `guards-<key>` where the file asks for guards.
 */
export function defineAccessStacks(app: App, access: Access): void {
  const okta = new OktaStack(app, 'okta', access);
  const bindings = bindingsByCluster(access);
  const namespaces = namespacesByCluster(access);
  for (const [clusterKey, cluster] of Object.entries(access.clusters)) {
    const clusterStack = isEks(cluster)
      ? new ClusterStack(app, `cluster-${clusterKey}`, { access, clusterKey, cluster, okta })
      : undefined;
    const rbacStack = new RbacStack(app, `rbac-${clusterKey}`, {
      access,
      clusterKey,
      clusterStack,
      bindings: bindings.get(clusterKey) ?? [],
      namespaces: namespaces.get(clusterKey) ?? [],
    });
    const guards = guardsOf(access, cluster);
    if (hasGuards(guards)) new GuardsStack(app, `guards-${clusterKey}`, { access, clusterKey, rbacStack, guards });
  }
}
