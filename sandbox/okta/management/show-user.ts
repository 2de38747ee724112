import type { User } from '../objects';
import type { Organization } from '../organization';
import type { Call } from './call';
import { dates } from './dates';
import { notFound } from './okta-error';

/** The user of the path: an id, a login, or `me`. */
export function userOf(organization: Organization, call: Call, name = 'userId'): User {
  const text = call.path(name);
  if (text === 'me') {
    // A service app is nobody.
    if (call.caller.type !== 'User') throw notFound('me', 'User');
    return organization.users.known(call.caller.id);
  }
  const user = organization.users.get(text) ?? organization.userByLogin(text);
  if (user === undefined) throw notFound(text, 'User');
  return user;
}

/** A user as the API returns it. */
export function showUser(organization: Organization, call: Call, user: User): unknown {
  const { id, status, profile, passwordDigest } = user;
  const { created, lastUpdated } = dates(organization, id);
  const lastLogin = organization.log
    .all()
    .findLast(
      ({ eventType, actor, failure }) => eventType === 'user.session.start' && actor.id === id && failure === undefined,
    );
  return {
    ...{ id, status, created, lastUpdated },
    activated: status === 'STAGED' ? null : created,
    statusChanged: lastUpdated,
    lastLogin: lastLogin?.published.toISOString() ?? null,
    passwordChanged: passwordDigest === undefined ? null : lastUpdated,
    type: { id: 'oty00000000000000001' },
    profile: { firstName: null, lastName: null, mobilePhone: null, secondEmail: null, ...profile },
    credentials: { ...(status !== 'PROVISIONED' && { password: {} }), provider: { type: 'OKTA', name: 'OKTA' } },
    _links: { self: call.link(`/users/${id}`) },
  };
}
