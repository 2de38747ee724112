import { AccessError } from '../../constraints/access-error';
import type { OktaUser } from '../../live/okta/okta-objects';
import { parseClaimValue } from '../../sandbox/okta/evaluate-expression';
import type { Group, User } from '../../sandbox/okta/objects';
import type { LivePerson } from './live-person';

/**
 * The value of an Okta expression for a person, as the local Okta evaluates it; undefined if it does not evaluate a part of
 * the expression.
 */
export function valueFor(expression: string, { user, groups }: Pick<LivePerson, 'user' | 'groups'>): unknown {
  try {
    const known = groups.map(({ id, type, profile: { name } }) => ({
      id,
      name,
      type: type as Group['type'],
      description: '',
    }));
    return parseClaimValue(expression)({ user: localUser(user), groups: known });
  } catch (error) {
    if (AccessError.is(error)) return undefined;
    throw error;
  }
}

function localUser({ id, status, profile }: OktaUser): User {
  const { login, email } = profile;
  return { id, login, email: typeof email === 'string' ? email : login, profile, status: status as User['status'] };
}
