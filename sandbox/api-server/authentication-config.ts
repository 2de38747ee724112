/** How an API server knows people by their ID tokens. */
export interface AuthenticationConfig {
  /** Letter by letter the `iss` of the tokens. */
  readonly issuerUrl: string;
  /** The `aud` of the tokens. */
  readonly clientId: string;
  readonly usernameClaim: string;
  /** What Kubernetes puts before each user name; `''` for nothing. */
  readonly usernamePrefix: string;
  /** @default - no groups are read from tokens */
  readonly groupsClaim?: string;
  /** What Kubernetes puts before each group; `''` for nothing. */
  readonly groupsPrefix: string;
  /** Claims that a token must carry with just this text. */
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
 * What EKS makes of an association.
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

/** Without a prefix the API server puts the issuer before any claim but email; `-` is its word for nothing. */
function usernamePrefix({ username_prefix, issuer_url }: EksIdentityProvider, usernameClaim: string): string {
  if (username_prefix === '-') return '';
  return username_prefix || (usernameClaim === 'email' ? '' : `${issuer_url}#`);
}
