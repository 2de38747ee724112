import type { AuthenticationConfig } from '../../authentication/authentication-config';
import type { Access } from '../../model';
import { type EksCluster, eksClusters } from '../../model/derived/clusters';
import type { RealApiServer, RealCluster } from '../api-server/real';
import { associatePolicy, createAccessEntry } from './eks/access-entries';
import { accessPolicyArn } from './eks/access-policies';
import type { OidcConfig } from './eks/cluster';
import { controlPlaneOf, type LocalAws } from './local-aws';

/**
 * Makes EKS know the clusters of an access file that have API servers, with their identity providers and their access
 * entries, as the stacks have them.
 */
export function adoptClusters(
  { eks, caller }: LocalAws,
  access: Access,
  {
    clusters,
    servers,
  }: {
    readonly clusters: readonly RealCluster[];
    readonly servers: ReadonlyMap<string, RealApiServer>;
  },
): void {
  for (const declared of eksClusters(access)) {
    const { key, name, settings, identityProvider } = declared;
    const [cluster, server] = [clusters.find((each) => each.key === key), servers.get(key)];
    if (cluster === undefined || server === undefined) continue;
    const of = caller(settings.region);
    const account = settings.account?.id ?? of.account;
    const adopted = eks.adopt({
      ...{ id: key, name, version: versionOf(declared), controlPlane: controlPlaneOf(server) },
      caller: { ...of, account },
      roleArn: `arn:aws:iam::${account}:role/${declared.kind === 'eks' ? declared.roleName : name}`,
      accessConfig: { authenticationMode: modeOf(declared) },
      association: oidcConfig(identityProvider.name, cluster.authentication),
    });
    const [, partition = 'aws'] = adopted.arn.split(':');
    for (const { principalArn, user, isAdmin } of cluster.iamSessions) {
      const entry = createAccessEntry(adopted, { principalArn, kubernetesGroups: user.groups });
      if (!isAdmin) continue;
      const policyArn = accessPolicyArn('AmazonEKSClusterAdminPolicy', partition);
      associatePolicy(adopted, entry, { policyArn, accessScope: { type: 'cluster', namespaces: [] } });
    }
  }
}

/** Nobody but AWS knows the mode of an existing cluster. This one can have access entries and `aws-auth`. */
function modeOf(cluster: EksCluster): 'API' | 'API_AND_CONFIG_MAP' {
  return cluster.kind === 'eks' ? cluster.settings.authenticationMode : 'API_AND_CONFIG_MAP';
}

function versionOf(cluster: EksCluster): string | undefined {
  return cluster.kind === 'eks' ? cluster.settings.version : undefined;
}

/** An association with which EKS authenticates as the API server does. */
function oidcConfig(name: string, authentication: AuthenticationConfig): OidcConfig {
  const { issuerUrl, clientId, usernameClaim, usernamePrefix, groupsClaim, groupsPrefix, requiredClaims } =
    authentication;
  return {
    ...{ identityProviderConfigName: name, issuerUrl, clientId, usernameClaim },
    // Without it, EKS would put the issuer before the names.
    usernamePrefix: usernamePrefix === '' ? '-' : usernamePrefix,
    ...{ groupsClaim, groupsPrefix, requiredClaims },
  };
}
