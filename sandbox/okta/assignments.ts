import type { Assignment } from './objects';

/** The groups and single people that are assigned to apps. */
export class Assignments {
  private readonly groups = new Map<string, Map<string, Assignment>>();
  private readonly users = new Map<string, Map<string, Assignment>>();

  assignGroup(appId: string, groupId: string, assignment: Assignment): void {
    put(this.groups, appId, groupId, assignment);
  }

  unassignGroup(appId: string, groupId: string): void {
    this.groups.get(appId)?.delete(groupId);
  }

  assignUser(appId: string, userId: string, assignment: Assignment): void {
    put(this.users, appId, userId, assignment);
  }

  unassignUser(appId: string, userId: string): void {
    this.users.get(appId)?.delete(userId);
  }

  /** The assignments of groups to an app, by the id of the group. */
  groupsOf(appId: string): ReadonlyMap<string, Assignment> {
    return this.groups.get(appId) ?? new Map();
  }

  /** The assignments of single people to an app, by their ids. */
  usersOf(appId: string): ReadonlyMap<string, Assignment> {
    return this.users.get(appId) ?? new Map();
  }

  /** Forgets a user, group, or app that is removed from the organization. */
  forget(id: string): void {
    for (const apps of [this.groups, this.users]) {
      apps.delete(id);
      for (const assigned of apps.values()) assigned.delete(id);
    }
  }
}

function put(apps: Map<string, Map<string, Assignment>>, appId: string, id: string, assignment: Assignment): void {
  const assigned = apps.get(appId) ?? new Map<string, Assignment>();
  apps.set(appId, assigned.set(id, assignment));
}
