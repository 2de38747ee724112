import type { Claim, Group, User } from './objects';

/** More groups than Okta puts into one token. */
export class TooManyGroupsError extends Error {
  override readonly name = 'TooManyGroupsError';
  /** OAuth's name of the error. */
  readonly error = 'server_error';

  constructor(claim: string, count: number) {
    super(
      `The claim '${claim}' matches ${count} groups of the user, and Okta puts at most ${MOST_GROUPS} into a token. Narrow the filter of the claim.`,
    );
  }
}

/** @see https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/ */
const MOST_GROUPS = 100;

/** What the ID token of a code flow says about a person, beyond who issued it, for whom and when. */
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
      // Okta's ID tokens of the code flow do not say it, and the API server takes silence for yes.
      ...(user.emailVerified !== undefined && { email_verified: user.emailVerified }),
    }),
    ...Object.fromEntries(
      claims
        .filter((claim) => claim.claimType === 'IDENTITY' && claim.alwaysIncludeInToken)
        .filter((claim) => claim.scopes.length === 0 || claim.scopes.some((scope) => scopes.includes(scope)))
        .map((claim) => [claim.name, namesFor(claim, groups)] as const)
        // A claim without a value is left out.
        .filter(([, names]) => names.length > 0),
    ),
  };
}

function nameOf({ login, profile }: User): string {
  const words = [profile.firstName, profile.lastName].filter((word) => typeof word === 'string');
  return words.join(' ') || login;
}

function namesFor(claim: Claim, groups: readonly Group[]): readonly string[] {
  const fits = matcher(claim);
  const names = groups.map(({ name }) => name).filter(fits);
  if (names.length > MOST_GROUPS) throw new TooManyGroupsError(claim.name, names.length);
  return names.sort();
}

/** Okta compares without regard to case, but for expressions. */
function matcher({ filter, value }: Claim): (name: string) => boolean {
  const wanted = value.toLowerCase();
  switch (filter) {
    case 'STARTS_WITH':
      return (name) => name.toLowerCase().startsWith(wanted);
    case 'EQUALS':
      return (name) => name.toLowerCase() === wanted;
    case 'CONTAINS':
      return (name) => name.toLowerCase().includes(wanted);
    case 'REGEX': {
      const expression = new RegExp(`^(?:${value})$`);
      return (name) => expression.test(name);
    }
  }
}
