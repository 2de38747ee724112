/** An OAuth error and its description. */
export interface OAuthError {
  readonly error: string;
  readonly description: string;
}

/** Translates errors that oidc-provider shows on a page into Okta's messages. */
export function pageErrorInOktasWords({ error, description }: OAuthError): OAuthError {
  switch (error) {
    case 'invalid_client':
      return { error, description: "Invalid value for 'client_id' parameter." };
    case 'invalid_redirect_uri':
      return {
        error: 'invalid_request',
        description: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
      };
    default:
      return { error, description };
  }
}

const INVALID_GRANTS: Readonly<Record<string, string>> = {
  authorization_code: 'The authorization code is invalid or has expired.',
  refresh_token: 'The refresh token is invalid or expired.',
};

/**
 * Translates errors of the token endpoint into Okta's messages.
 * @param grantType the requested grant type.
 * @param detail the cause that oidc-provider does not send to the client.
 */
export function tokenErrorInOktasWords(
  { error, description }: OAuthError,
  grantType: string | undefined,
  detail: string | undefined,
): OAuthError {
  if (error === 'invalid_client') return { error, description: "Invalid value for 'client_id' parameter." };
  if (error !== 'invalid_grant') return { error, description };
  if (detail?.startsWith('code_verifier')) return { error, description: 'PKCE verification failed.' };
  return { error, description: INVALID_GRANTS[grantType ?? ''] ?? description };
}
