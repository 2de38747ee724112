import { z } from 'zod';
import type { App, Assignment, User } from '../objects';
import { type Call, list, NO_CONTENT, ok, type Routes, withQuery } from './call';
import { dates } from './dates';
import type { ManagementWorld } from './management-world';
import { invalid, notFound } from './okta-error';
import { appParty, groupParty, userParty } from './parties';
import { appOf } from './show-app';
import { groupOf } from './show-group';
import { userOf } from './show-user';

const PROFILE = z.record(z.string(), z.unknown());
const GROUP_INPUT = z.object({ priority: z.number().int().min(0).max(100).nullish(), profile: PROFILE.nullish() });
const USER_INPUT = z.object({ id: z.string(), scope: z.literal('USER').nullish(), profile: PROFILE.nullish() });

/** The groups and users that are assigned to an app. */
export function appAssignmentRoutes({ organization }: ManagementWorld): Routes {
  const app = (call: Call) => appOf(organization, call);
  const showGroup = (call: Call, { id }: { readonly id: string }) => {
    const { id: appId } = app(call);
    const { priority, profile } = organization.groupAssignments(appId).get(id) as Assignment;
    const { lastUpdated } = dates(organization, appId);
    return {
      id,
      lastUpdated,
      priority,
      profile,
      _links: { group: call.link(`/groups/${id}`), app: call.link(`/apps/${appId}`) },
    };
  };
  const assignedGroup = (call: Call) => {
    const { id } = groupOf(organization, call.path('groupId'));
    if (!organization.groupAssignments(app(call).id).has(id)) throw notFound(id, 'ApplicationGroupAssignment');
    return { id };
  };
  const showUser = (call: Call, assigned: App, { id, login, email }: User) => {
    const own = organization.userAssignments(assigned.id).get(id);
    return {
      ...{ id, externalId: null, ...dates(organization, id), scope: own === undefined ? 'GROUP' : 'USER' },
      ...{ status: 'ACTIVE', credentials: { userName: login }, profile: { email, ...own?.profile } },
      _links: { user: call.link(`/users/${id}`), app: call.link(`/apps/${assigned.id}`) },
    };
  };
  const assignedUser = (call: Call) => {
    const user = userOf(organization, call);
    if (!organization.isAssigned(app(call), user.id)) throw notFound(user.id, 'AppUser');
    return user;
  };

  return {
    'GET /apps/{appId}/groups': list(['q'], (call) => {
      const q = call.query('q')?.toLowerCase();
      const groups = organization
        .assignmentsOf(app(call).id)
        .filter(({ name }) => q === undefined || name.toLowerCase().startsWith(q));
      return call.page(groups, (group) => showGroup(call, group), 200, 20);
    }),
    'GET /apps/{appId}/groups/{groupId}': (call) => ok(showGroup(call, assignedGroup(call))),
    'PUT /apps/{appId}/groups/{groupId}': (call) => {
      const group = groupOf(organization, call.path('groupId'));
      const { priority, profile } = call.input(GROUP_INPUT);
      organization.assignGroup(app(call).id, group.id, { priority: priority ?? 0, profile: profile ?? {} });
      call.log('group.application_assignment.add', groupParty(group), appParty(app(call)));
      return ok(showGroup(call, group));
    },
    'DELETE /apps/{appId}/groups/{groupId}': (call) => {
      const { id } = assignedGroup(call);
      organization.unassignGroup(app(call).id, id);
      call.log('group.application_assignment.remove', groupParty(groupOf(organization, id)), appParty(app(call)));
      return NO_CONTENT;
    },
    'GET /apps/{appId}/users': list(['q'], (call) => {
      const [assigned, q] = [app(call), call.query('q')?.toLowerCase()];
      const users = organization.users
        .all()
        .filter(
          ({ id, login }) =>
            (q === undefined || login.toLowerCase().startsWith(q)) && organization.isAssigned(assigned, id),
        );
      return call.page(users, (user) => showUser(call, assigned, user), 500, 50);
    }),
    'POST /apps/{appId}/users': (call) => {
      const { id, profile } = call.input(USER_INPUT);
      const user = organization.users.get(id);
      if (user === undefined) throw notFound(id, 'User');
      organization.assignUser(app(call).id, id, { priority: 0, profile: profile ?? {} });
      call.log('application.user_membership.add', userParty(user), appParty(app(call)));
      return ok(showUser(call, app(call), user));
    },
    'GET /apps/{appId}/users/{userId}': (call) => ok(showUser(call, app(call), assignedUser(call))),
    'DELETE /apps/{appId}/users/{userId}': withQuery(['sendEmail'], (call) => {
      const user = assignedUser(call);
      if (!organization.userAssignments(app(call).id).has(user.id)) {
        throw invalid('userId', 'The user is assigned by a group, and leaves the app with the group');
      }
      organization.unassignUser(app(call).id, user.id);
      call.log('application.user_membership.remove', userParty(user), appParty(app(call)));
      return NO_CONTENT;
    }),
  };
}
