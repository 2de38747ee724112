import { createHash, timingSafeEqual } from 'node:crypto';
import { AccessError } from '../../constraints/access-error';
import { loginKey } from '../../constraints/okta/login';
import { Assignments } from './assignments';
import { AuthenticationPolicies } from './authentication-policies';
import { type AuthorizationRequest, type AuthorizationResult, authorize } from './authorization';
import { AuthorizationServers, type NewServer } from './authorization-servers';
import { idTokenClaims } from './id-token-claims';
import { Memberships } from './memberships';
import type { New } from './new-object';
import type {
  AccessPolicy,
  AccessRule,
  App,
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
export type { New } from './new-object';
export type { AccessPolicy, AccessRule, App, AuthorizationServer, Claim, Group, GroupRule, User } from './objects';

/** An Okta organization in memory, of which both the sign-in and the management API are views. */
export class Organization {
  readonly register = new Register();
  readonly users = new Things<User>(this.register, 'user', '00u');
  readonly groups = new Things<Group>(this.register, 'group', '00g');
  readonly rules = new Things<GroupRule>(this.register, 'group rule', '0pr');
  readonly apps = new Things<App>(this.register, 'app', '0oa');
  readonly servers = new AuthorizationServers(this.register);
  readonly authenticationPolicies = new AuthenticationPolicies(this.register);
  readonly zones = new Things<Zone>(this.register, 'network zone', 'nzo');
  readonly log = new SystemLog();
  readonly everyone: Group;
  readonly memberships: Memberships;
  readonly assignments = new Assignments();

  /** @param password the password of all people. */
  constructor(private readonly password: string) {
    const { register, users, groups, rules } = this;
    this.memberships = new Memberships({ register, users, groups, rules });
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
    this.memberships.forgetUser(userId);
    this.assignments.forget(userId);
  }

  addGroup(name: string, type: Group['type'] = 'OKTA_GROUP', id?: string, description = ''): Group {
    if (this.groupByName(name)) throw new AccessError(`The group ${name} already exists.`);
    return this.groups.add({ name, type, description, ...(id !== undefined && { id }) });
  }

  /** Removes a group with its memberships and assignments. Rules that add people to it become invalid. */
  removeGroup(groupId: string): void {
    this.groups.remove(groupId);
    this.memberships.forgetGroup(groupId);
    this.assignments.forget(groupId);
  }

  addGroupRule(rule: New<GroupRule>): GroupRule {
    this.memberships.checkRule(rule.expression);
    return this.rules.add({ status: 'ACTIVE', excludedUserIds: [], keptUserIds: [], ...rule });
  }

  /** Why rules put nobody into their groups, and claims are empty, in sentences: their expressions are not supported. */
  unsupportedExpressions(): readonly string[] {
    return this.memberships.unsupportedExpressions();
  }

  addApp(app: Omit<New<App>, 'clientId'>): App {
    const id = app.id ?? this.register.newId('0oa');
    return this.apps.add({ status: 'ACTIVE', implicitAssignment: false, details: {}, ...app, id, clientId: id });
  }

  removeApp(appId: string): void {
    this.apps.remove(appId);
    this.assignments.forget(appId);
  }

  addAuthorizationServer(server: NewServer): AuthorizationServer {
    return this.servers.addServer(server);
  }

  addScope(serverId: string, scope: New<Scope>): Scope {
    return this.servers.addScope(serverId, scope);
  }

  addClaim(serverId: string, claim: New<Claim>): Claim {
    if (claim.filter === 'EXPRESSION') this.memberships.checkClaim(claim.value);
    return this.servers.addClaim(serverId, claim);
  }

  addPolicy(serverId: string, policy: Omit<New<AccessPolicy>, 'rules'>): AccessPolicy {
    return this.servers.addPolicy(serverId, policy);
  }

  addRule(serverId: string, policyId: string, rule: New<AccessRule>): AccessRule {
    return this.servers.addRule(serverId, policyId, rule);
  }

  /** Assigns exactly these groups to an app. */
  assignGroups(appId: string, groupIds: readonly string[]): void {
    this.apps.known(appId);
    for (const { id } of this.assignmentsOf(appId)) this.assignments.unassignGroup(appId, id);
    for (const id of groupIds) {
      this.assignments.assignGroup(appId, this.groups.known(id).id, { priority: 0, profile: {} });
    }
  }

  /** The groups assigned to an app. */
  assignmentsOf(appId: string): readonly Group[] {
    const assigned = this.assignments.groupsOf(appId);
    return this.groups.all().filter(({ id }) => assigned.has(id));
  }

  /** Whether a person may sign in to an app. */
  isAssigned(app: App, userId: string): boolean {
    const groups = this.assignments.groupsOf(app.id);
    return (
      app.implicitAssignment ||
      this.assignments.usersOf(app.id).has(userId) ||
      this.groupsOf(userId).some(({ id }) => groups.has(id))
    );
  }

  addMember(groupName: string, login: string): void {
    const { group, user } = this.groupAndUser(groupName, login);
    this.memberships.add(group.id, user.id);
  }

  /** Adds a person to a group, both by id. */
  addMemberById(groupId: string, userId: string): void {
    this.memberships.add(groupId, userId);
  }

  removeMember(groupName: string, login: string): void {
    const { group, user } = this.groupAndUser(groupName, login);
    this.memberships.take(group.id, user.id);
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
    return this.memberships.directGroupsOf(userId);
  }

  /** The people whom somebody added to a group, without those of its rules. */
  directMembersOf(groupId: string): readonly User[] {
    return this.memberships.addedBySomebody(groupId);
  }

  /** The groups of a person: Everyone, direct memberships, and memberships by rule. */
  groupsOf(userId: string): readonly Group[] {
    return this.memberships.groupsOf(userId);
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

  /** The active authorization servers. */
  authorizationServers(): readonly AuthorizationServer[] {
    return this.servers.all().filter(({ status }) => status === 'ACTIVE');
  }

  /** The active app with a client id. */
  appByClientId(clientId: string): App | undefined {
    return this.apps.find((app) => app.clientId === clientId && app.status === 'ACTIVE');
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
}

/** The e-mail address of a profile. */
function addressIn(profile: Readonly<Record<string, unknown>> = {}): string | undefined {
  return typeof profile.email === 'string' ? profile.email : undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function known<Thing>(thing: Thing | undefined, kind: string, name: string): Thing {
  if (thing === undefined) throw new AccessError(`The organization has no ${kind} ${name}.`);
  return thing;
}
