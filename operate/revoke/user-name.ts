import type { Access, Cluster } from '../../model';
import { madeClaims } from '../../model/derived/token-claims';
import type { LivePerson } from './live-person';
import { valueFor } from './profile-expression';

/** The name by which an API server knows a person. */
export interface UserName {
  /** With the prefix; null if it is not known. */
  readonly name: string | null;
  /** Where it comes from, or why it is not known, in a sentence. */
  readonly because: string;
  /** Whether it is from Okta, not from the login. */
  readonly isCertain: boolean;
}

/** The name by which the API server of a cluster knows a person. */
export function userNameOn(
  access: Access,
  { identityProvider: { usernameClaim, prefix } }: Cluster,
  login: string,
  live: LivePerson | undefined,
): UserName {
  const { value, because, isCertain } = claimOf(access, usernameClaim, login, live);
  return { name: value === undefined ? null : `${prefix.username}${value}`, because, isCertain };
}

interface ClaimValue {
  readonly value: string | undefined;
  readonly because: string;
  readonly isCertain: boolean;
}

function claimOf(access: Access, claim: string, login: string, live: LivePerson | undefined): ClaimValue {
  const unknown = (because: string): ClaimValue => ({ value: undefined, because, isCertain: false });
  const fromOkta = (value: unknown, what: string): ClaimValue =>
    typeof value === 'string' && value !== ''
      ? { value, because: `${what} in Okta`, isCertain: true }
      : unknown(`${what} in Okta is no text, so that tokens have no claim ${claim}`);
  const made = madeClaims(access)[claim];
  if (made !== undefined) {
    if (live === undefined) return unknown(`the claim ${claim} is the value of ${made}, which only Okta knows`);
    const value = valueFor(made, live);
    return value === undefined
      ? unknown(`the claim ${claim} is the value of ${made}, which only Okta can work out`)
      : fromOkta(value, `the value of ${made}`);
  }
  switch (claim) {
    case 'email':
      return live === undefined
        ? { value: login, because: 'assumed: the email address is the login', isCertain: false }
        : fromOkta(live.user.profile.email, 'the email address');
    case 'preferred_username':
      return live === undefined
        ? { value: login, because: 'assumed: the login is in Okta as it is here, with its case', isCertain: false }
        : fromOkta(live.user.profile.login, 'the login');
    case 'sub':
      return live === undefined
        ? unknown('it is the ID of the user, which only Okta knows')
        : fromOkta(live.user.id, 'the ID of the user');
    default:
      return unknown(`nothing here knows the claim ${claim}`);
  }
}
