import type { AuthenticationConfig } from '../../authentication/authentication-config';

/** What is known of a token that was refused. */
export interface RefusedToken {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly config: AuthenticationConfig;
  /** Apps of the access file by client ID, as far as they are known. */
  readonly apps: ReadonlyMap<string, string>;
  /** What `offline_access` and the scopes of the app are. */
  readonly scopes: readonly string[];
}

/**
 * What to do about a refusal of an API server.
 * @param message the message of the API server.
 */
export function refusalFix(message: string, { claims, config, apps, scopes }: RefusedToken): string {
  const { issuerUrl, clientId, usernameClaim } = config;
  if (message.startsWith('no authenticator for the issuer')) {
    const issuer = String(claims.iss);
    if (issuer === `${issuerUrl}/` || `${issuer}/` === issuerUrl) {
      return 'Only the trailing slash differs, but the two must be identical. Deploy the stack of the cluster, and make the kubeconfig again.';
    }
    if (!issuer.includes('/oauth2/')) {
      return `The token is from the organization itself, not from its authorization server. Set --oidc-issuer-url=${issuerUrl} in the kubeconfig.`;
    }
    return `Set --oidc-issuer-url=${issuerUrl} in the kubeconfig, or correct --issuer if the cluster trusts another issuer.`;
  }
  if (message.startsWith('oidc: expected audience')) {
    const audiences = [claims.aud].flat().map(String);
    const app = audiences.flatMap((audience) => apps.get(audience) ?? [])[0];
    const own = app === undefined ? '' : `The token is for the app ${app}. `;
    return `${own}Set --oidc-client-id=${clientId} in the kubeconfig, and sign in again.`;
  }
  if (message.includes('token is expired')) {
    return scopes.includes('offline_access')
      ? 'kubelogin refreshes it at the next command. If it does not, the refresh token has expired: sign in again.'
      : 'Sign in again. With signIn.refresh in the access file, kubelogin refreshes tokens without a person.';
  }
  if (message.includes('before the nbf')) return 'Set the clock of the machine that signed it, or of this one.';
  if (message.includes('failed to verify id token signature')) {
    return 'No key of the issuer has signed it: the token was changed, is cut off, or is of another issuer. Sign in again.';
  }
  if (message.includes('issuer did not match')) {
    return 'The issuer calls itself something else: use that text as issuer everywhere, or set issuerMode so that Okta uses this one.';
  }
  if (message.includes('email not verified')) {
    return 'Verify the address in Okta, or use another user name claim: identityProvider.usernameClaim.';
  }
  if (message.startsWith('oidc: parse username claims')) {
    return usernameClaim === 'email'
      ? 'Sign in with the scope email: --oidc-extra-scope=email in the kubeconfig.'
      : `The token needs the claim ${usernameClaim}: request its scope, or make the claim on the authorization server (claims in the access file).`;
  }
  if (message.startsWith('oidc: required claim')) {
    return 'The person does not have the value that identityProvider.requiredClaims wants, or the claim is not in ID tokens.';
  }
  return 'Sign in again. If it stays, the issuer makes tokens that Kubernetes cannot read.';
}
