import type { Group } from '../objects';
import type { Organization } from '../organization';
import type { Call } from './call';
import { dates } from './dates';
import { notFound } from './okta-error';

/** The group with an id. */
export function groupOf(organization: Organization, groupId: string): Group {
  const group = organization.group(groupId);
  if (group === undefined) throw notFound(groupId, 'UserGroup');
  return group;
}

/** A group as the API returns it. */
export function showGroup(organization: Organization, call: Call, { id, name, type, description }: Group): unknown {
  const { created, lastUpdated } = dates(organization, id);
  return {
    ...{ id, created, lastUpdated, lastMembershipUpdated: organization.membershipDate(id).toISOString() },
    objectClass: [type === 'APP_GROUP' ? 'okta:windows_security_principal' : 'okta:user_group'],
    type,
    profile: { name, description: description === '' ? null : description },
    _links: { users: call.link(`/groups/${id}/users`), apps: call.link(`/groups/${id}/apps`) },
  };
}
