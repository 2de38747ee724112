import { readFileSync } from 'node:fs';
import type { AuthenticationConfig } from '../../authentication/authentication-config';
import type { Access } from '../../model';
import { allClusters } from '../../model/derived/access';
import type { SelfManagedCluster } from '../../model/derived/clusters';
import { clusterAuthentication } from '../../sign-in/cluster-authentication';
import type { KubeconfigProps } from '../api-server/kubeconfig';
import type { RunningApiServer } from '../api-server/real-api-server';
import type { Organization } from '../okta/organization';

/** The name of the API server of a cluster outside EKS: the cluster is the one of its context. */
export function selfManagedName({ settings }: SelfManagedCluster): string {
  return `self-managed-${Buffer.from(settings.kubeconfigContext).toString('hex')}`;
}

/** The contexts of a kubeconfig for the clusters outside EKS, with administrators. */
export function selfManagedContexts(
  access: Access,
  servers: ReadonlyMap<string, RunningApiServer>,
): readonly KubeconfigProps[] {
  return allClusters(access).flatMap((cluster) => {
    const server = cluster.kind === 'self-managed' ? servers.get(selfManagedName(cluster)) : undefined;
    if (cluster.kind !== 'self-managed' || server === undefined) return [];
    const { users } = JSON.parse(readFileSync(server.adminKubeconfig, 'utf8')) as { users: { user: object }[] };
    const { url, caPem } = server;
    return [{ name: cluster.settings.kubeconfigContext, server: url, caPem, user: users[0]?.user ?? {} }];
  });
}

export interface SelfManagedTrust {
  readonly organization: Organization;
  readonly servers: ReadonlyMap<string, RunningApiServer>;
  /** What the API servers trust, by their names; this adds to it. */
  readonly trusted: Map<string, AuthenticationConfig>;
  readonly issuerUrl: (serverId: string) => string;
}

/** Does what the owner of a cluster outside EKS does: sets the flags of its API server. */
export async function trustSelfManaged(
  access: Access,
  { organization, servers, trusted, issuerUrl }: SelfManagedTrust,
): Promise<void> {
  const authorizationServer = organization
    .authorizationServers()
    .find(({ name }) => name === access.authorizationServer.name);
  for (const cluster of Object.values(access.clusters)) {
    if (cluster.kind !== 'self-managed') continue;
    const app = organization.allApps().find(({ label }) => label === cluster.app);
    if (app === undefined || authorizationServer === undefined) continue;
    const name = selfManagedName(cluster);
    const config = clusterAuthentication(access, cluster, {
      ...{ issuerUrl: issuerUrl(authorizationServer.id), clientId: app.clientId },
    });
    await servers.get(name)?.trust(config);
    trusted.set(name, config);
  }
}
