import type { App } from 'cdktf';
import type { Access } from '../model/access';
import { bindingsByCluster } from '../model/bindings';
import { ClusterStack } from './cluster-stack';
import { OktaStack } from './okta-stack';
import { RbacStack } from './rbac-stack';

/** Defines every stack of an access file: `okta`, and `cluster-<key>` and `rbac-<key>` for each cluster. */
export function defineAccessStacks(app: App, access: Access): void {
  const okta = new OktaStack(app, 'okta', access);
  const bindings = bindingsByCluster(access);
  for (const [clusterKey, cluster] of Object.entries(access.clusters)) {
    const clusterStack = new ClusterStack(app, `cluster-${clusterKey}`, { access, clusterKey, cluster, okta });
    new RbacStack(app, `rbac-${clusterKey}`, {
      access,
      clusterKey,
      cluster,
      clusterStack,
      bindings: bindings.get(clusterKey) ?? [],
    });
  }
}
