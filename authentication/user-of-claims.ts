import type { AuthenticationConfig } from './authentication-config';
import type { GoJson, GoObject } from './go-json';
import { goStrings } from './go-types';
import { UnauthorizedError } from './unauthorized-error';

/** A user in Kubernetes, with prefixes. */
export interface ApiUser {
  readonly name: string;
  readonly groups: readonly string[];
}

/**
 * The user of a verified token, before Kubernetes adds its own groups; fails with `UnauthorizedError`.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
 */
export function userOfClaims(claims: GoObject, config: AuthenticationConfig): ApiUser {
  refuseDistributedGroups(claims, config);
  const user = { name: nameOf(claims, config), groups: groupsOf(claims, config) };
  for (const [claim, required] of Object.entries(config.requiredClaims)) {
    const value = claims.get(claim);
    if (value === undefined) throw new UnauthorizedError(`oidc: required claim ${claim} not present in ID token`);
    const given = textOf(value);
    if (given !== required) {
      throw new UnauthorizedError(
        `oidc: required claim ${claim} value does not match. Got = ${given ?? 'not a string'}, want = ${required}`,
      );
    }
  }
  return user;
}

/**
 * A token can name another place for its groups, from which the API server would fetch them. Okta issues no such token, and the
 * simulated server refuses it.
 */
function refuseDistributedGroups(claims: GoObject, { groupsClaim }: AuthenticationConfig): void {
  if (groupsClaim === undefined || claims.get(groupsClaim) !== undefined) return;
  if (claims.get('_claim_names') === undefined) return;
  throw new UnauthorizedError('oidc: could not expand distributed claims: the simulated API server fetches none');
}

function nameOf(claims: GoObject, { usernameClaim, usernamePrefix }: AuthenticationConfig): string {
  const value = claims.get(usernameClaim);
  const name = value === undefined ? undefined : textOf(value);
  if (name === undefined) {
    const problem = value === undefined ? 'claim not present' : 'not a string';
    throw new UnauthorizedError(`oidc: parse username claims "${usernameClaim}": ${problem}`);
  }
  const verified = claims.get('email_verified');
  if (usernameClaim === 'email' && verified !== undefined && verified !== true)
    throw new UnauthorizedError('oidc: email not verified');
  return `${usernamePrefix}${name}`;
}

function groupsOf(claims: GoObject, { groupsClaim, groupsPrefix }: AuthenticationConfig): readonly string[] {
  const value = groupsClaim === undefined ? undefined : claims.get(groupsClaim);
  if (value === undefined) return [];
  const groups = typeof value === 'string' ? [value] : goStrings(value);
  if (groups === undefined) {
    throw new UnauthorizedError(`oidc: parse groups claim "${groupsClaim}": neither a string nor a list of strings`);
  }
  return groups.map((group) => `${groupsPrefix}${group}`);
}

/** The text of a claim, which is empty for null; undefined if it is not a string. */
function textOf(value: GoJson): string | undefined {
  return typeof value === 'string' || value === null ? (value ?? '') : undefined;
}
