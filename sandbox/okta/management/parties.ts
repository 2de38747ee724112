import type { App, Group, User } from '../objects';
import type { Party } from '../system-log';

/** A user in the system log. */
export function userParty({ id, login, profile }: User): Party {
  const words = [profile.firstName, profile.lastName].filter((word) => typeof word === 'string');
  return { id, type: 'User', alternateId: login, displayName: words.join(' ') || login };
}

export function groupParty({ id, name }: Group): Party {
  return { id, type: 'UserGroup', alternateId: 'unknown', displayName: name };
}

export function appParty({ id, label }: App): Party {
  return { id, type: 'AppInstance', alternateId: label, displayName: label };
}

/** Any other object in the system log. @param type Okta's name of the kind, such as `PolicyEntity`. */
export function partyOf(type: string, { id, name }: { readonly id: string; readonly name: string }): Party {
  return { id, type, alternateId: 'unknown', displayName: name };
}
