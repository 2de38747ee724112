import type { ApiUser } from './api-server';
import type { AuthenticationConfig } from './authentication-config';
import { type Claims, isText, textsOf, UnauthorizedError } from './id-token';

/**
 * The user of a verified token, before Kubernetes adds its own groups; fails with `UnauthorizedError`.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
 */
export function userOfClaims(claims: Claims, config: AuthenticationConfig): ApiUser {
  const user = { name: nameOf(claims, config), groups: groupsOf(claims, config) };
  for (const [claim, required] of Object.entries(config.requiredClaims)) {
    if (!Object.hasOwn(claims, claim)) {
      throw new UnauthorizedError(`oidc: required claim ${claim} not present in ID token`);
    }
    const given = textOf(claims, claim);
    if (given !== required) {
      throw new UnauthorizedError(
        `oidc: required claim ${claim} value does not match. Got = ${given ?? 'not a string'}, want = ${required}`,
      );
    }
  }
  return user;
}

function nameOf(claims: Claims, { usernameClaim, usernamePrefix }: AuthenticationConfig): string {
  const name = textOf(claims, usernameClaim);
  if (name === undefined) {
    const problem = Object.hasOwn(claims, usernameClaim) ? 'not a string' : 'claim not present';
    throw new UnauthorizedError(`oidc: parse username claims "${usernameClaim}": ${problem}`);
  }
  const isUnverified = Object.hasOwn(claims, 'email_verified') && claims.email_verified !== true;
  if (usernameClaim === 'email' && isUnverified) throw new UnauthorizedError('oidc: email not verified');
  return `${usernamePrefix}${name}`;
}

function groupsOf(claims: Claims, { groupsClaim, groupsPrefix }: AuthenticationConfig): readonly string[] {
  const value = groupsClaim !== undefined && Object.hasOwn(claims, groupsClaim) ? claims[groupsClaim] : null;
  if (value === null) return [];
  const groups = textsOf(value);
  if (groups === undefined) {
    throw new UnauthorizedError(`oidc: parse groups claim "${groupsClaim}": neither a string nor a list of strings`);
  }
  return groups.map((group) => `${groupsPrefix}${group}`);
}

/** The value of a claim; undefined if it is missing or not a string. */
function textOf(claims: Claims, claim: string): string | undefined {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  return isText(value) ? (value ?? '') : undefined;
}
