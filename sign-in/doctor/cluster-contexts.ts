import type { LiveFacts } from '../../live/facts/live-facts';
import type { Access, Cluster } from '../../model';
import { sameServer } from '../kubeconfig/same-server';
import { contextOf, type KubeconfigContext, type Kubeconfigs } from './kubeconfigs';

/** A cluster to look at, and the context of the kubeconfig that is for it. */
export interface ClusterContext {
  readonly cluster: Cluster;
  /** Undefined if the kubeconfig has none. */
  readonly context: string | undefined;
}

export interface ClusterContextsProps {
  readonly access: Pick<Access, 'clusters' | 'apps'>;
  readonly facts: LiveFacts;
  readonly kubeconfigs: Kubeconfigs;
  /** The clusters that a person named. @default - the cluster of the current context, else every cluster */
  readonly named?: readonly Cluster[];
  /** The context that a person named. @default - the current context */
  readonly context?: string;
}

/** The clusters that a person asks about: the named ones, that of the context in use, or all. */
export function clusterContexts(props: ClusterContextsProps): readonly ClusterContext[] {
  const { access, kubeconfigs, named, context = kubeconfigs.current } = props;
  const used = contextOf(kubeconfigs, context);
  const all = Object.values(access.clusters);
  const ofContext =
    used && (all.find((cluster) => isFor(used, cluster, props)) ?? (all.length === 1 ? all[0] : undefined));
  const clusters = named ?? (ofContext === undefined ? all : [ofContext]);
  return clusters.map((cluster) => {
    if (props.context !== undefined) return { cluster, context: props.context };
    if (ofContext === cluster) return { cluster, context };
    const names = [...kubeconfigs.contexts.keys()];
    return { cluster, context: names.find((name) => isForNamed(kubeconfigs, name, cluster, props)) };
  });
}

function isForNamed(kubeconfigs: Kubeconfigs, name: string, cluster: Cluster, props: ClusterContextsProps): boolean {
  const context = contextOf(kubeconfigs, name);
  return context !== undefined && isFor(context, cluster, props);
}

/** Whether a context is for a cluster: by its name, its server, or the client ID of an app that only this cluster has. */
function isFor(
  { name, server, clientId }: KubeconfigContext,
  { key, app }: Cluster,
  { access, facts }: ClusterContextsProps,
): boolean {
  if (name === key) return true;
  const endpoint = facts.endpoints.get(key)?.value;
  if (endpoint !== undefined && sameServer(server, endpoint)) return true;
  const isOnly = access.apps.find((one) => one.name === app)?.clusters.length === 1;
  return isOnly && clientId !== undefined && facts.clientIds.get(app)?.value === clientId;
}
