import type { App } from 'cdktf';
import type { Access } from '../model/derived/access';
import { isEks } from '../model/derived/cluster-kinds';
import { hasGuardsStack } from '../model/derived/guards';
import { defineAbsentStacks } from './absent-stacks';
import { ClusterStack } from './cluster-stack';
import { GuardsStack } from './guards-stack';
import { OktaStack } from './okta-stack';
import { RbacStack } from './rbac-stack';

/**
 * Defines every stack of an access file: `okta`, and for each cluster `cluster-<key>` if it is in EKS, `rbac-<key>`,
 * and `guards-<key>` if the file has guards for it, or `guards: {}`. Those of an absent cluster are empty.
 */
export function defineAccessStacks(app: App, access: Access): void {
  const okta = new OktaStack(app, 'okta', access);
  for (const cluster of Object.values(access.clusters)) {
    const { key } = cluster;
    const clusterStack = isEks(cluster)
      ? new ClusterStack(app, `cluster-${key}`, { access, cluster, okta })
      : undefined;
    const rbacStack = new RbacStack(app, `rbac-${key}`, { access, cluster, clusterStack });
    if (hasGuardsStack(access, cluster)) new GuardsStack(app, `guards-${key}`, { access, cluster, rbacStack });
  }
  for (const cluster of Object.values(access.absentClusters)) defineAbsentStacks(app, access, cluster, okta);
}
