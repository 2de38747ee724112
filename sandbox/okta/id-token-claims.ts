import { AccessError } from '../../constraints/access-error';
import { parseClaimValue } from './evaluate-expression';
import { TooManyGroupsOfFunctionError } from './expression-functions';
import type { Claim, Group, User } from './objects';

/** A groups claim matches more groups than Okta puts into a token. */
export class TooManyGroupsError extends Error {
  override readonly name = 'TooManyGroupsError';
  /** The OAuth error code. */
  readonly error = 'server_error';

  constructor(claim: string, count: number) {
    super(
      `The claim '${claim}' matches ${count} groups of the user, but Okta allows at most ${MOST_GROUPS} in a token. Narrow the claim filter.`,
    );
  }
}

/** @see https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/ */
const MOST_GROUPS = 100;

/** The claims about a person in an ID token of the code flow, without iss, aud, exp and iat. */
export function idTokenClaims(
  user: User,
  groups: readonly Group[],
  claims: readonly Claim[],
  scopes: readonly string[],
): Record<string, unknown> {
  return {
    sub: user.id,
    ...(scopes.includes('profile') && { name: nameOf(user), preferred_username: user.login }),
    ...(scopes.includes('email') && {
      email: user.email,
      // Okta leaves email_verified out of ID tokens of the code flow, and the API server then accepts the email.
      ...(user.emailVerified !== undefined && { email_verified: user.emailVerified }),
    }),
    ...Object.fromEntries(
      claims
        .filter((claim) => claim.status === 'ACTIVE' && claim.claimType === 'IDENTITY' && claim.alwaysIncludeInToken)
        .filter((claim) => claim.scopes.length === 0 || claim.scopes.some((scope) => scopes.includes(scope)))
        .map((claim) => [claim.name, claimValue(claim, user, groups)] as const)
        // Okta leaves out a claim without a value.
        .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
    ),
  };
}

function nameOf({ login, profile }: User): string {
  const words = [profile.firstName, profile.lastName].filter((word) => typeof word === 'string');
  return words.join(' ') || login;
}

function claimValue(claim: Claim, user: User, groups: readonly Group[]): unknown {
  if (claim.filter !== 'EXPRESSION') return namesFor(claim, groups);
  try {
    return parseClaimValue(claim.value)({ user, groups });
  } catch (error) {
    if (error instanceof TooManyGroupsOfFunctionError) throw new TooManyGroupsError(claim.name, error.count);
    if (AccessError.is(error)) return null;
    throw error;
  }
}

function namesFor(claim: Claim, groups: readonly Group[]): readonly string[] {
  const fits = matcher(claim);
  // A filter carries only groups that Okta owns.
  const names = groups.flatMap(({ name, type }) => (type !== 'APP_GROUP' && fits(name) ? [name] : []));
  if (names.length > MOST_GROUPS) throw new TooManyGroupsError(claim.name, names.length);
  return names.sort();
}

/** Okta ignores case, except in regular expressions. */
function matcher({ filter, value }: Claim): (name: string) => boolean {
  const wanted = value.toLowerCase();
  switch (filter) {
    case 'STARTS_WITH':
      return (name) => name.toLowerCase().startsWith(wanted);
    case 'EQUALS':
      return (name) => name.toLowerCase() === wanted;
    case 'CONTAINS':
      return (name) => name.toLowerCase().includes(wanted);
    case 'EXPRESSION':
      return () => false;
    case 'REGEX': {
      const expression = new RegExp(`^(?:${value})$`);
      return (name) => expression.test(name);
    }
  }
}
