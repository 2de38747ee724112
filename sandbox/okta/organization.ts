import { createHash, timingSafeEqual } from 'node:crypto';
import { AccessError } from '../../constraints/access-error';
import { loginKey } from '../../constraints/okta/login';
import { type AuthorizationRequest, type AuthorizationResult, authorize } from './authorization';
import { type GroupCondition, parseClaimValue, parseGroupCondition } from './evaluate-expression';
import { idTokenClaims } from './id-token-claims';
import type {
  AccessPolicy,
  AccessRule,
  App,
  Assignment,
  AuthenticationPolicy,
  AuthenticationRule,
  AuthorizationServer,
  Claim,
  Group,
  GroupRule,
  Scope,
  User,
  Zone,
} from './objects';
import { SystemLog } from './system-log';
import { Register, Things } from './things';

export type { AuthorizationRequest, AuthorizationResult, Refusal } from './authorization';
export type { AccessPolicy, AccessRule, App, AuthorizationServer, Claim, Group, GroupRule, User } from './objects';

/** What an object has by default. */
type Defaults =
  | 'id'
  | 'status'
  | 'description'
  | 'details'
  | 'system'
  | 'implicitAssignment'
  | 'excludedUserIds'
  | 'keptUserIds'
  | 'users'
  | 'excludedGroups'
  | 'excludedUsers'
  | 'issuerMode'
  | 'rotationMode';

/** An object to add to the organization, which gives it what is left out: an id, and the status `ACTIVE`. */
export type New<Thing extends { readonly id: string }> = Omit<Thing, Defaults> &
  Partial<Pick<Thing, Defaults & keyof Thing>>;

/** The scopes of every authorization server. */
export const DEFAULT_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'];

/** An Okta organization in memory, of which both the sign-in and the management API are views. */
export class Organization {
  readonly register = new Register();
  readonly users = new Things<User>(this.register, 'user', '00u');
  readonly groups = new Things<Group>(this.register, 'group', '00g');
  readonly rules = new Things<GroupRule>(this.register, 'group rule', '0pr');
  readonly apps = new Things<App>(this.register, 'app', '0oa');
  readonly servers = new Things<AuthorizationServer>(this.register, 'authorization server', 'aus');
  readonly authenticationPolicies = new Things<AuthenticationPolicy>(this.register, 'authentication policy', 'rst');
  readonly zones = new Things<Zone>(this.register, 'network zone', 'nzo');
  readonly log = new SystemLog();
  readonly everyone: Group;
  private readonly members = new Map<string, Set<string>>();
  private readonly assignedGroups = new Map<string, Map<string, Assignment>>();
  private readonly assignedUsers = new Map<string, Map<string, Assignment>>();
  private readonly conditions = new Map<string, GroupCondition>();
  private readonly unsupported: string[] = [];

  /** @param password the password of all people. */
  constructor(private readonly password: string) {
    this.everyone = this.addGroup('Everyone', 'BUILT_IN');
  }

  /** @param user `password` is the user's own. By default, it is the password of all people. */
  addUser(
    user: {
      readonly login: string;
      readonly profile?: Readonly<Record<string, unknown>>;
      readonly password?: string;
    } & Partial<Pick<User, 'emailVerified' | 'status' | 'adminRole'>>,
  ): User {
    const { login, profile, password, ...rest } = user;
    if (this.userByLogin(login)) throw new AccessError(`The user ${login} already exists.`);
    const email = addressIn(profile) ?? login;
    return this.users.add({
      status: 'ACTIVE',
      ...rest,
      ...(password !== undefined && { passwordDigest: digest(password).toString('hex') }),
      login,
      email,
      profile: { ...profile, login, email },
    });
  }

  /** Adds attributes to the profile of a person. */
  changeProfile(login: string, profile: Readonly<Record<string, unknown>>): void {
    const user = known(this.userByLogin(login), 'user', login);
    this.setProfile(user.id, { ...user.profile, ...profile, login: user.login });
  }

  /** Gives a person a new profile. Its login and e-mail address become those of the person. */
  setProfile(userId: string, profile: Readonly<Record<string, unknown>>): User {
    const user = this.users.known(userId);
    const login = typeof profile.login === 'string' ? profile.login : user.login;
    const email = addressIn(profile) ?? user.email;
    return this.users.change(userId, { login, email, profile: { ...profile, login, email } });
  }

  /** Gives a person a password of their own. Whoever waited for one becomes active. */
  setPassword(userId: string, password: string): void {
    const { status } = this.users.known(userId);
    this.users.change(userId, {
      passwordDigest: digest(password).toString('hex'),
      status: status === 'PROVISIONED' ? 'ACTIVE' : status,
    });
  }

  removeUser(userId: string): void {
    this.users.remove(userId);
    for (const members of this.members.values()) members.delete(userId);
    for (const users of this.assignedUsers.values()) users.delete(userId);
  }

  addGroup(name: string, type: Group['type'] = 'OKTA_GROUP', id?: string, description = ''): Group {
    if (this.groupByName(name)) throw new AccessError(`The group ${name} already exists.`);
    const group = this.groups.add({ name, type, description, ...(id !== undefined && { id }) });
    this.register.touch(membersKey(group.id));
    return group;
  }

  /** Removes a group with its memberships and assignments. Rules that add people to it become invalid. */
  removeGroup(groupId: string): void {
    this.groups.remove(groupId);
    this.members.delete(groupId);
    for (const groups of this.assignedGroups.values()) groups.delete(groupId);
    for (const { id, groupIds } of this.rules.all()) {
      if (groupIds.includes(groupId)) this.rules.change(id, { status: 'INVALID' });
    }
  }

  addGroupRule(rule: New<GroupRule>): GroupRule {
    this.conditionOf(rule.expression);
    return this.rules.add({ status: 'ACTIVE', excludedUserIds: [], keptUserIds: [], ...rule });
  }

  activateRule(ruleId: string): void {
    this.rules.change(ruleId, { status: 'ACTIVE', keptUserIds: [] });
  }

  /**
   * Deactivates a rule. The people whom it has added stay in its groups.
   * @see https://support.okta.com/help/s/article/what-happens-if-group-rules-are-deactivated-and-deleted
   */
  deactivateRule(ruleId: string): void {
    this.rules.change(ruleId, { status: 'INACTIVE', keptUserIds: this.addedByRule(ruleId) });
  }

  /** @param removeUsers whether the people whom the rule has added leave its groups. */
  removeRule(ruleId: string, removeUsers: boolean): void {
    const { groupIds } = this.rules.known(ruleId);
    const userIds = removeUsers ? [] : this.addedByRule(ruleId);
    this.rules.remove(ruleId);
    for (const groupId of groupIds) {
      if (this.groups.get(groupId) === undefined) continue;
      for (const userId of userIds) this.addMemberById(groupId, userId);
    }
  }

  private addedByRule(ruleId: string): readonly string[] {
    const rule = this.rules.known(ruleId);
    return this.users.all().flatMap((user) => (this.applies(rule, user, this.groupsOf(user.id)) ? [user.id] : []));
  }

  private applies(rule: GroupRule, user: User, groups: readonly Group[]): boolean {
    if (rule.status === 'INACTIVE') return rule.keptUserIds.includes(user.id);
    if (rule.status === 'INVALID' || rule.excludedUserIds.includes(user.id)) return false;
    return this.conditionOf(rule.expression)(user, groups);
  }

  /** Why rules put nobody into their groups, and claims are empty, in sentences: their expressions are not supported. */
  unsupportedExpressions(): readonly string[] {
    return this.unsupported;
  }

  private conditionOf(expression: string): GroupCondition {
    const condition =
      this.conditions.get(expression) ?? this.supported(() => parseGroupCondition(expression)) ?? (() => false);
    this.conditions.set(expression, condition);
    return condition;
  }

  private supported<Value>(parse: () => Value): Value | undefined {
    try {
      return parse();
    } catch (error) {
      if (!AccessError.is(error)) throw error;
      this.unsupported.push(error.message);
      return undefined;
    }
  }

  addApp(app: Omit<New<App>, 'clientId'>): App {
    const id = app.id ?? this.register.newId('0oa');
    return this.apps.add({ status: 'ACTIVE', implicitAssignment: false, details: {}, ...app, id, clientId: id });
  }

  removeApp(appId: string): void {
    this.apps.remove(appId);
    this.assignedGroups.delete(appId);
    this.assignedUsers.delete(appId);
  }

  addAuthorizationServer(
    server: Omit<New<AuthorizationServer>, 'scopes' | 'claims' | 'policies'>,
  ): AuthorizationServer {
    const added = this.servers.add({
      ...{ status: 'ACTIVE', description: '', issuerMode: 'ORG_URL', rotationMode: 'AUTO' },
      ...server,
      ...{ scopes: [], claims: [], policies: [] },
    });
    for (const name of DEFAULT_SCOPES) this.addScope(added.id, { name, system: true });
    return this.servers.known(added.id);
  }

  addScope(serverId: string, scope: New<Scope>): Scope {
    return this.addToServer(serverId, 'scopes', {
      system: false,
      details: {},
      id: this.register.newId('scp'),
      ...scope,
    });
  }

  addClaim(serverId: string, claim: New<Claim>): Claim {
    if (claim.filter === 'EXPRESSION') this.supported(() => parseClaimValue(claim.value));
    return this.addToServer(serverId, 'claims', { status: 'ACTIVE', id: this.register.newId('ocl'), ...claim });
  }

  addPolicy(serverId: string, policy: Omit<New<AccessPolicy>, 'rules'>): AccessPolicy {
    return this.addToServer(serverId, 'policies', {
      ...{ status: 'ACTIVE', description: '', id: this.register.newId('00p') },
      ...policy,
      rules: [],
    });
  }

  addRule(serverId: string, policyId: string, rule: New<AccessRule>): AccessRule {
    const policy = known(
      this.servers.known(serverId).policies.find(({ id }) => id === policyId),
      'policy',
      policyId,
    );
    const added: AccessRule = {
      ...{ status: 'ACTIVE', users: [], excludedGroups: [], excludedUsers: [], id: this.register.newId('0pr') },
      ...rule,
    };
    this.register.touch(added.id);
    this.changePolicy(serverId, policyId, { rules: [...policy.rules, added] });
    return added;
  }

  changePolicy(serverId: string, policyId: string, changes: Partial<AccessPolicy>): void {
    const { policies } = this.servers.known(serverId);
    this.changeServer(serverId, {
      policies: policies.map((policy) => (policy.id === policyId ? { ...policy, ...changes } : policy)),
    });
  }

  /** Changes an authorization server. Its policies, and their rules, are sorted by priority. */
  changeServer(serverId: string, changes: Partial<AuthorizationServer>): AuthorizationServer {
    const policies = (changes.policies ?? this.servers.known(serverId).policies).map((policy) => ({
      ...policy,
      rules: byPriority(policy.rules),
    }));
    return this.servers.change(serverId, { ...changes, policies: byPriority(policies) });
  }

  private addToServer<Part extends 'scopes' | 'claims' | 'policies'>(
    serverId: string,
    part: Part,
    thing: AuthorizationServer[Part][number],
  ): AuthorizationServer[Part][number] {
    this.register.touch(thing.id);
    this.changeServer(serverId, { [part]: [...this.servers.known(serverId)[part], thing] });
    return thing;
  }

  /** The authentication policy of apps that have no other. */
  systemPolicy(): AuthenticationPolicy {
    return (
      this.authenticationPolicies.find(({ system }) => system) ??
      this.addAuthenticationPolicy({ name: 'Any two factors', description: '', system: true })
    );
  }

  /**
   * Adds an authentication policy with its catch-all rule.
   * @param access what the catch-all rule does.
   */
  addAuthenticationPolicy(
    policy: Pick<AuthenticationPolicy, 'name' | 'description' | 'system'>,
    access: 'ALLOW' | 'DENY' = 'ALLOW',
  ): AuthenticationPolicy {
    const rule: AuthenticationRule = {
      ...{ id: this.register.newId('rul'), name: 'Catch-all Rule', priority: 99, status: 'ACTIVE', system: true },
      conditions: null,
      actions: { appSignOn: { access, verificationMethod: { type: 'ASSURANCE', factorMode: '1FA' } } },
    };
    this.register.touch(rule.id);
    return this.authenticationPolicies.add({ ...policy, status: 'ACTIVE', rules: [rule] });
  }

  /** Assigns exactly these groups to an app. */
  assignGroups(appId: string, groupIds: readonly string[]): void {
    this.apps.known(appId);
    this.assignedGroups.set(appId, new Map());
    for (const id of groupIds) this.assignGroup(appId, id, { priority: 0, profile: {} });
  }

  assignGroup(appId: string, groupId: string, assignment: Assignment): void {
    this.apps.known(appId);
    this.groups.known(groupId);
    put(this.assignedGroups, appId, groupId, assignment);
  }

  unassignGroup(appId: string, groupId: string): void {
    this.assignedGroups.get(appId)?.delete(groupId);
  }

  /** Assigns a person to an app, beside those of the assigned groups. */
  assignUser(appId: string, userId: string, assignment: Assignment): void {
    this.apps.known(appId);
    this.users.known(userId);
    put(this.assignedUsers, appId, userId, assignment);
  }

  unassignUser(appId: string, userId: string): void {
    this.assignedUsers.get(appId)?.delete(userId);
  }

  /** The assignments of groups to an app by the id of the group. */
  groupAssignments(appId: string): ReadonlyMap<string, Assignment> {
    return this.assignedGroups.get(appId) ?? new Map();
  }

  /** The assignments of single people to an app by their ids. */
  userAssignments(appId: string): ReadonlyMap<string, Assignment> {
    return this.assignedUsers.get(appId) ?? new Map();
  }

  /** Whether a person may sign in to an app. */
  isAssigned(app: App, userId: string): boolean {
    const groups = this.groupAssignments(app.id);
    return (
      app.implicitAssignment ||
      this.userAssignments(app.id).has(userId) ||
      this.groupsOf(userId).some(({ id }) => groups.has(id))
    );
  }

  addMember(groupName: string, login: string): void {
    const { group, user } = this.groupAndUser(groupName, login);
    this.addMemberById(group.id, user.id);
  }

  /** Adds a person to a group, both by id. */
  addMemberById(groupId: string, userId: string): void {
    this.groups.known(groupId);
    this.users.known(userId);
    const members = this.members.get(groupId) ?? new Set();
    this.members.set(groupId, members.add(userId));
    this.register.touch(membersKey(groupId));
  }

  /** When somebody was last added to a group, or removed from it, by hand. */
  membershipDate(groupId: string): Date {
    return this.register.datesOf(membersKey(groupId)).lastUpdated;
  }

  removeMember(groupName: string, login: string): void {
    const { group, user } = this.groupAndUser(groupName, login);
    this.members.get(group.id)?.delete(user.id);
  }

  /**
   * Removes a person from a group as an administrator does by hand: the rules that have added the person to the group
   * exclude the person from now on.
   * @returns the rules.
   */
  removeMemberById(groupId: string, userId: string): readonly GroupRule[] {
    const user = this.users.known(userId);
    const groups = this.groupsOf(userId);
    const rules = this.rules
      .all()
      .filter((rule) => rule.groupIds.includes(groupId) && this.applies(rule, user, groups));
    this.members.get(groupId)?.delete(userId);
    this.register.touch(membersKey(groupId));
    for (const { id, excludedUserIds, keptUserIds } of rules) {
      this.rules.change(id, {
        excludedUserIds: [...excludedUserIds, userId],
        keptUserIds: keptUserIds.filter((kept) => kept !== userId),
      });
    }
    return rules;
  }

  /** The active people except administrators of Okta, in the order in which they were added. */
  people(): readonly User[] {
    return this.users.all().filter(({ status, adminRole }) => status === 'ACTIVE' && adminRole === undefined);
  }

  userById(userId: string): User | undefined {
    return this.users.get(userId);
  }

  /** The groups that somebody added a person to, without Everyone and those of rules. */
  directGroupsOf(userId: string): readonly Group[] {
    return this.groupsById(new Set(this.directGroups(userId)));
  }

  /** The people whom somebody added to a group, without those of its rules. */
  directMembersOf(groupId: string): readonly User[] {
    return [...(this.members.get(groupId) ?? [])].map((id) => this.users.known(id));
  }

  /** Everybody in a group, also those of its rules. */
  membersOf(groupId: string): readonly User[] {
    return this.users.all().filter(({ id }) => this.groupsOf(id).some((group) => group.id === groupId));
  }

  /** The active rules of groups. */
  activeRules(): readonly GroupRule[] {
    return this.rules.all().filter(({ status }) => status === 'ACTIVE');
  }

  allApps(): readonly App[] {
    return this.apps.all();
  }

  /** Finds a person by login. Okta ignores case in logins. */
  userByLogin(login: string): User | undefined {
    const key = loginKey(login);
    return this.users.find((user) => loginKey(user.login) === key);
  }

  /** All groups in the order in which they were added; the first is Everyone. */
  allGroups(): readonly Group[] {
    return this.groups.all();
  }

  group(groupId: string): Group | undefined {
    return this.groups.get(groupId);
  }

  groupByName(name: string): Group | undefined {
    return this.groups.find((group) => group.name === name);
  }

  /** The active person with this login and password; undefined if there is none. */
  checkPassword(login: string, password: string): User | undefined {
    const user = this.userByLogin(login);
    const wanted = user?.passwordDigest === undefined ? digest(this.password) : Buffer.from(user.passwordDigest, 'hex');
    // Digests have equal lengths, so the comparison takes the same time for every password.
    const right = timingSafeEqual(digest(password), wanted);
    return right && user?.status === 'ACTIVE' ? user : undefined;
  }

  /** The groups of a person: Everyone, direct memberships, and memberships by rule. */
  groupsOf(userId: string): readonly Group[] {
    const user = this.users.known(userId);
    const ids = new Set([this.everyone.id, ...this.directGroups(userId)]);
    for (let before = -1; before < ids.size; ) {
      before = ids.size;
      const groups = this.groupsById(ids);
      for (const rule of this.rules.all()) {
        if (this.applies(rule, user, groups)) for (const id of rule.groupIds) ids.add(id);
      }
    }
    return this.groupsById(ids);
  }

  /** The active authorization servers. */
  authorizationServers(): readonly AuthorizationServer[] {
    return this.servers.all().filter(({ status }) => status === 'ACTIVE');
  }

  /** The active app with a client id. */
  appByClientId(clientId: string): App | undefined {
    return this.apps.find((app) => app.clientId === clientId && app.status === 'ACTIVE');
  }

  /** The groups assigned to an app. */
  assignmentsOf(appId: string): readonly Group[] {
    return this.groupsById(new Set(this.groupAssignments(appId).keys()));
  }

  /** Evaluates a request for tokens as Okta does. */
  authorize(request: AuthorizationRequest): AuthorizationResult {
    const server = this.servers.known(request.serverId);
    const app = this.appByClientId(request.clientId);
    const user = request.userId === undefined ? undefined : this.userById(request.userId);
    if (app === undefined || user === undefined) return authorize(request, { server, app });
    const assigned = this.isAssigned(app, user.id);
    return authorize(request, { server, app, user: { user, groups: this.groupsOf(user.id), assigned } });
  }

  /** The claims about a person in the ID token; fails with `TooManyGroupsError`. */
  idTokenClaims(request: {
    readonly serverId: string;
    readonly clientId: string;
    readonly userId: string;
    readonly scopes: readonly string[];
  }): Record<string, unknown> {
    const user = this.users.known(request.userId);
    return idTokenClaims(user, this.groupsOf(user.id), this.servers.known(request.serverId).claims, request.scopes);
  }

  private groupAndUser(groupName: string, login: string): { group: Group; user: User } {
    return {
      group: known(this.groupByName(groupName), 'group', groupName),
      user: known(this.userByLogin(login), 'user', login),
    };
  }

  private directGroups(userId: string): readonly string[] {
    return [...this.members].flatMap(([groupId, members]) => (members.has(userId) ? [groupId] : []));
  }

  private groupsById(ids: ReadonlySet<string>): readonly Group[] {
    return this.groups.all().filter(({ id }) => ids.has(id));
  }
}

/** The e-mail address of a profile. */
function addressIn(profile: Readonly<Record<string, unknown>> = {}): string | undefined {
  return typeof profile.email === 'string' ? profile.email : undefined;
}

function byPriority<Ranked extends { readonly priority: number }>(items: readonly Ranked[]): readonly Ranked[] {
  return [...items].sort((a, b) => a.priority - b.priority);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The members of a group have a date of their own. */
function membersKey(groupId: string): string {
  return `members of ${groupId}`;
}

function put<Value>(maps: Map<string, Map<string, Value>>, key: string, name: string, value: Value): void {
  const map = maps.get(key) ?? new Map<string, Value>();
  maps.set(key, map.set(name, value));
}

function known<Thing>(thing: Thing | undefined, kind: string, name: string): Thing {
  if (thing === undefined) throw new AccessError(`The organization has no ${kind} ${name}.`);
  return thing;
}
