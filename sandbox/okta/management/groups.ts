import { z } from 'zod';
import type { Group } from '../objects';
import { type Call, list, NO_CONTENT, ok, type Routes } from './call';
import { EQUAL, parseFilter, SEARCHED, TIMES } from './filter';
import type { ManagementWorld } from './management-world';
import { ALREADY_EXISTS, BLANK, invalid, notAllowedNow } from './okta-error';
import { groupParty, partyOf, userParty } from './parties';
import { showApp } from './show-app';
import { groupOf, showGroup } from './show-group';
import { showUser, userOf } from './show-user';

const INPUT = z.object({
  profile: z.object({ name: z.string().min(1, BLANK).max(255), description: z.string().max(1024).nullish() }),
});

const FILTERED = { id: EQUAL, type: EQUAL, lastUpdated: TIMES, lastMembershipUpdated: TIMES };
const SEARCHABLE = { id: SEARCHED, type: SEARCHED, created: SEARCHED, lastUpdated: SEARCHED, 'profile.*': SEARCHED };

/** A page of groups. Okta's own is as long. */
const MOST_GROUPS = 10_000;

/** Groups, and who is in them. */
export function groupRoutes({ organization }: ManagementWorld): Routes {
  const { groups } = organization;
  const found = (call: Call) => groupOf(organization, call.path('groupId'));
  const own = (call: Call) => {
    const group = found(call);
    if (group.type !== 'OKTA_GROUP')
      throw notAllowedNow(`The group ${group.name} is not Okta's own: it is a ${group.type}`);
    return group;
  };
  const show = (call: Call) => (group: Group) => showGroup(organization, call, group);
  const checkName = (name: string, me?: Group) => {
    const other = organization.groupByName(name);
    if (other !== undefined && other.id !== me?.id) throw invalid('name', ALREADY_EXISTS);
  };

  return {
    'GET /groups': list(['q', 'filter', 'search'], (call) => {
      const [q, filter, search] = [call.query('q')?.toLowerCase(), call.query('filter'), call.query('search')];
      const isFiltered =
        filter === undefined ? all : parseFilter(filter, { parameter: 'filter', attributes: FILTERED });
      const isFound = search === undefined ? all : parseFilter(search, { parameter: 'search', attributes: SEARCHABLE });
      const listed = groups.all().filter((group) => {
        const shown = show(call)(group);
        return (q === undefined || group.name.toLowerCase().startsWith(q)) && isFiltered(shown) && isFound(shown);
      });
      return call.page(listed, show(call), MOST_GROUPS);
    }),
    'POST /groups': (call) => {
      const { name, description } = call.input(INPUT).profile;
      checkName(name);
      const group = organization.addGroup(name, 'OKTA_GROUP', undefined, description ?? '');
      call.log('group.lifecycle.create', groupParty(group));
      return ok(show(call)(group));
    },
    'GET /groups/{groupId}': (call) => ok(show(call)(found(call))),
    'PUT /groups/{groupId}': (call) => {
      const group = own(call);
      const { name, description } = call.input(INPUT).profile;
      checkName(name, group);
      const changed = groups.change(group.id, { name, description: description ?? '' });
      call.log('group.profile.update', groupParty(changed));
      return ok(show(call)(changed));
    },
    'DELETE /groups/{groupId}': (call) => {
      const group = own(call);
      organization.removeGroup(group.id);
      call.log('group.lifecycle.delete', groupParty(group));
      return NO_CONTENT;
    },
    'GET /groups/{groupId}/users': list([], (call) =>
      call.page(organization.membersOf(found(call).id), (user) => showUser(organization, call, user), 1000),
    ),
    'PUT /groups/{groupId}/users/{userId}': (call) => {
      const [group, user] = [own(call), userOf(organization, call)];
      organization.addMemberById(group.id, user.id);
      call.log('group.user_membership.add', userParty(user), groupParty(group));
      return NO_CONTENT;
    },
    'DELETE /groups/{groupId}/users/{userId}': (call) => {
      const [group, user] = [own(call), userOf(organization, call)];
      const rules = organization.removeMemberById(group.id, user.id);
      call.log('group.user_membership.remove', userParty(user), groupParty(group));
      for (const rule of rules) {
        call.log('group.user_membership.rule.add_exclusion', userParty(user), partyOf('GroupRule', rule));
      }
      return NO_CONTENT;
    },
    'GET /groups/{groupId}/apps': list([], (call) => {
      const { id } = found(call);
      const apps = organization.allApps().filter((app) => organization.groupAssignments(app.id).has(id));
      return call.page(apps, (app) => showApp(organization, call, app));
    }),
  };
}

function all(): boolean {
  return true;
}
