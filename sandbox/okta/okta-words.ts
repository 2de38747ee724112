/** An error of OAuth with its description. */
export interface OAuthError {
  readonly error: string;
  readonly description: string;
}

/** The errors of oidc-provider that people see on a page, in Okta's words. */
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
 * The errors of the token endpoint in Okta's words.
 * @param grantType what was asked for.
 * @param detail what oidc-provider knows of it and does not tell.
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
