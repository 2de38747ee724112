import type { Access, Cluster } from '../../model';

/** How an API server authenticates people by their ID tokens. */
export interface AuthenticationConfig {
  /** The exact `iss` claim of the tokens. */
  readonly issuerUrl: string;
  /** The `aud` claim of the tokens. */
  readonly clientId: string;
  readonly usernameClaim: string;
  /** Prefix of usernames; `''` for none. */
  readonly usernamePrefix: string;
  /** @default - tokens have no groups */
  readonly groupsClaim?: string;
  /** Prefix of groups; `''` for none. */
  readonly groupsPrefix: string;
  /** Claims that a token must have, with their exact values. */
  readonly requiredClaims: Readonly<Record<string, string>>;
}

/** What Okta assigns: the issuer of the authorization server, and the client ID of the cluster's app. */
export type IssuedValues = Pick<AuthenticationConfig, 'issuerUrl' | 'clientId'>;

/** How the owner of a self-managed cluster has to configure its API server. */
export function selfManagedAuthentication(
  { identityProvider }: Cluster,
  { groupsClaim }: Pick<Access, 'groupsClaim'>,
  { issuerUrl, clientId }: IssuedValues,
): AuthenticationConfig {
  return {
    ...{ issuerUrl, clientId },
    usernameClaim: identityProvider.usernameClaim,
    usernamePrefix: identityProvider.prefix.username,
    groupsClaim: groupsClaim.name,
    groupsPrefix: identityProvider.prefix.groups,
    requiredClaims: identityProvider.requiredClaims ?? {},
  };
}
