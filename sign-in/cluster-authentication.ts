import type { AuthenticationConfig } from '../authentication/authentication-config';
import type { Access, Cluster } from '../model';

/** How the API server of a cluster authenticates people, according to the access file. */
export function clusterAuthentication(
  { groupsClaim }: Pick<Access, 'groupsClaim'>,
  { identityProvider }: Pick<Cluster, 'identityProvider'>,
  { issuerUrl, clientId }: Pick<AuthenticationConfig, 'issuerUrl' | 'clientId'>,
): AuthenticationConfig {
  const { usernameClaim, prefix, requiredClaims = {} } = identityProvider;
  return {
    ...{ issuerUrl, clientId, usernameClaim, requiredClaims },
    usernamePrefix: prefix.username,
    groupsClaim: groupsClaim.name,
    groupsPrefix: prefix.groups,
  };
}
