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

/** The `oidc` block of an `aws_eks_identity_provider_config`, with all references resolved. */
export interface EksIdentityProvider {
  readonly issuer_url: string;
  readonly client_id: string;
  readonly username_claim?: string;
  readonly username_prefix?: string;
  readonly groups_claim?: string;
  readonly groups_prefix?: string;
  readonly required_claims?: Readonly<Record<string, string>>;
}

/**
 * The configuration that EKS derives from the association of an identity provider.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-flags
 */
export function authenticationOfEks(oidc: EksIdentityProvider): AuthenticationConfig {
  const usernameClaim = oidc.username_claim ?? 'sub';
  return {
    issuerUrl: oidc.issuer_url,
    clientId: oidc.client_id,
    usernameClaim,
    usernamePrefix: usernamePrefix(oidc, usernameClaim),
    ...(oidc.groups_claim !== undefined && { groupsClaim: oidc.groups_claim }),
    groupsPrefix: oidc.groups_prefix ?? '',
    requiredClaims: oidc.required_claims ?? {},
  };
}

/** Without a prefix, the API server uses the issuer for every claim except email. The prefix `-` means no prefix. */
function usernamePrefix({ username_prefix, issuer_url }: EksIdentityProvider, usernameClaim: string): string {
  if (username_prefix === '-') return '';
  return username_prefix || (usernameClaim === 'email' ? '' : `${issuer_url}#`);
}
