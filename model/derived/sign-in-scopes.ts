import type { Access } from './access';
import type { SignInApp } from './sign-in-apps';

/**
 * The scopes that bring a claim of OpenID Connect into the ID token. `sub` needs only `openid`, and claims that a file
 * makes need none.
 * @see https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/#scope-dependent-claims-not-always-returned
 */
const SCOPE_OF_CLAIM: Readonly<Record<string, string>> = {
  email: 'email',
  name: 'profile',
  preferred_username: 'profile',
};

/**
 * The scopes, besides `openid`, that a sign-in to an app requests: what the clusters with this app read of the token, and
 * `offline_access` if the app gives refresh tokens. Okta refuses a sign-in with any other scope that the app does not have.
 */
export function signInScopes(
  { clusters, signIn }: Pick<Access, 'clusters' | 'signIn'>,
  app: Pick<SignInApp, 'clusters'>,
): readonly string[] {
  const read = app.clusters.flatMap((key) => {
    const { usernameClaim, requiredClaims = {} } = clusters[key]?.identityProvider ?? {};
    return [usernameClaim, ...Object.keys(requiredClaims)];
  });
  const scopes = read.flatMap((claim) => SCOPE_OF_CLAIM[claim ?? ''] ?? []);
  return [...new Set([...scopes.sort(), ...(signIn.refresh === undefined ? [] : ['offline_access'])])];
}
