import { createHash, timingSafeEqual } from 'node:crypto';
import { AccessError } from '../../constraints/access-error';
import { loginKey } from '../../constraints/okta/login';
import { type AuthorizationRequest, type AuthorizationResult, authorize } from './authorization';
import { type GroupCondition, parseClaimValue, parseGroupCondition } from './evaluate-expression';
import { idTokenClaims } from './id-token-claims';
import type { AccessPolicy, AccessRule, App, AuthorizationServer, Claim, Group, GroupRule, User } from './objects';

export type { AuthorizationRequest, AuthorizationResult, Refusal } from './authorization';
export type { AccessPolicy, AccessRule, App, AuthorizationServer, Claim, Group, GroupRule, User } from './objects';

/** An object to add to the organization, which generates the id if there is none. */
export type New<Thing extends { readonly id: string }> = Omit<Thing, 'id'> & { readonly id?: string };

/** The scopes of every authorization server. */
export const DEFAULT_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'];

/** An Okta organization in memory: people, groups, apps, and authorization servers with their policies. */
export class Organization {
  readonly everyone: Group;
  private readonly users = new Map<string, User>();
  private readonly groups = new Map<string, Group>();
  private readonly members = new Map<string, Set<string>>();
  private readonly rules = new Map<string, GroupRule & { readonly condition: GroupCondition }>();
  private readonly apps = new Map<string, App>();
  private readonly assignedGroups = new Map<string, ReadonlySet<string>>();
  private readonly servers = new Map<string, AuthorizationServer>();
  private readonly unsupported: string[] = [];
  private lastId = 0;

  /** @param password the password of all people. */
  constructor(private readonly password: string) {
    this.everyone = this.add(this.groups, '00g', { name: 'Everyone', type: 'BUILT_IN' });
  }

  addUser(user: { login: string; profile?: Record<string, unknown>; emailVerified?: boolean; active?: boolean }): User {
    const { login, profile, ...rest } = user;
    if (this.userByLogin(login)) throw new AccessError(`The user ${login} already exists.`);
    const email = addressIn(profile) ?? login;
    return this.add(this.users, '00u', {
      active: true,
      ...rest,
      login,
      email,
      profile: { ...profile, login, email },
    });
  }

  /** Adds attributes to the profile of a person. */
  changeProfile(login: string, profile: Readonly<Record<string, unknown>>): void {
    const user = known(this.userByLogin(login), 'user', login);
    const email = addressIn(profile) ?? user.email;
    this.users.set(user.id, {
      ...user,
      email,
      profile: { ...user.profile, ...profile, login: user.login, email },
    });
  }

  addGroup(name: string, type: Group['type'] = 'OKTA_GROUP', id?: string): Group {
    if (this.groupByName(name)) throw new AccessError(`The group ${name} already exists.`);
    return this.add(this.groups, '00g', { name, type, id });
  }

  addGroupRule(rule: New<GroupRule>): GroupRule {
    return this.add(this.rules, '0pr', { ...rule, condition: this.conditionOf(rule) });
  }

  /** Why rules put nobody into their groups, and claims are empty, in sentences: their expressions are not supported. */
  unsupportedExpressions(): readonly string[] {
    return this.unsupported;
  }

  private conditionOf({ expression }: Pick<GroupRule, 'expression'>): GroupCondition {
    return this.supported(() => parseGroupCondition(expression)) ?? (() => false);
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
    const id = app.id ?? this.newId('0oa');
    return this.add(this.apps, '0oa', { ...app, id, clientId: id });
  }

  addAuthorizationServer(server: Pick<New<AuthorizationServer>, 'id' | 'name' | 'audiences'>): AuthorizationServer {
    return this.add(this.servers, 'aus', { ...server, scopes: DEFAULT_SCOPES, claims: [], policies: [] });
  }

  addScope(serverId: string, scope: string): void {
    this.changeServer(serverId, ({ scopes }) => ({ scopes: [...scopes, scope] }));
  }

  addClaim(serverId: string, claim: Claim): void {
    if (claim.filter === 'EXPRESSION') this.supported(() => parseClaimValue(claim.value));
    this.changeServer(serverId, ({ claims }) => ({ claims: [...claims, claim] }));
  }

  addPolicy(serverId: string, policy: Omit<New<AccessPolicy>, 'rules'>): AccessPolicy {
    const added = { ...policy, id: policy.id ?? this.newId('00p'), rules: [] };
    this.changeServer(serverId, ({ policies }) => ({ policies: byPriority([...policies, added]) }));
    return added;
  }

  addRule(serverId: string, policyId: string, rule: New<AccessRule>): AccessRule {
    const added = { ...rule, id: rule.id ?? this.newId('0pr') };
    this.changeServer(serverId, ({ policies }) => {
      known(
        policies.find(({ id }) => id === policyId),
        'policy',
        policyId,
      );
      return {
        policies: policies.map((policy) =>
          policy.id === policyId ? { ...policy, rules: byPriority([...policy.rules, added]) } : policy,
        ),
      };
    });
    return added;
  }

  /** Assigns exactly these groups to an app. */
  assignGroups(appId: string, groupIds: readonly string[]): void {
    known(this.apps.get(appId), 'app', appId);
    for (const id of groupIds) known(this.groups.get(id), 'group', id);
    this.assignedGroups.set(appId, new Set(groupIds));
  }

  addMember(groupName: string, login: string): void {
    const { group, user } = this.groupAndUser(groupName, login);
    this.addMemberById(group.id, user.id);
  }

  /** Adds a person to a group, both by id. */
  addMemberById(groupId: string, userId: string): void {
    known(this.groups.get(groupId), 'group', groupId);
    known(this.users.get(userId), 'user', userId);
    const members = this.members.get(groupId) ?? new Set();
    this.members.set(groupId, members.add(userId));
  }

  removeMember(groupName: string, login: string): void {
    const { group, user } = this.groupAndUser(groupName, login);
    this.members.get(group.id)?.delete(user.id);
  }

  /** The active people, in the order in which they were added. */
  people(): readonly User[] {
    return [...this.users.values()].filter(({ active }) => active);
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
    return [...(this.members.get(groupId) ?? [])].map((id) => known(this.users.get(id), 'user', id));
  }

  /** The active rules of groups. */
  activeRules(): readonly GroupRule[] {
    return [...this.rules.values()].filter(({ active }) => active);
  }

  allApps(): readonly App[] {
    return [...this.apps.values()];
  }

  /** Finds a person by login. Okta ignores case in logins. */
  userByLogin(login: string): User | undefined {
    const key = loginKey(login);
    return [...this.users.values()].find((user) => loginKey(user.login) === key);
  }

  /** All groups in the order in which they were added; the first is Everyone. */
  allGroups(): readonly Group[] {
    return [...this.groups.values()];
  }

  group(groupId: string): Group | undefined {
    return this.groups.get(groupId);
  }

  groupByName(name: string): Group | undefined {
    return [...this.groups.values()].find((group) => group.name === name);
  }

  /** The active person with this login and password; undefined if there is none. */
  checkPassword(login: string, password: string): User | undefined {
    const user = this.userByLogin(login);
    // Digests have equal lengths, so the comparison takes the same time for every password.
    const right = timingSafeEqual(digest(password), digest(this.password));
    return right && user?.active ? user : undefined;
  }

  /** The groups of a person: Everyone, direct memberships, and memberships by rule. */
  groupsOf(userId: string): readonly Group[] {
    const user = known(this.users.get(userId), 'user', userId);
    const ids = new Set([this.everyone.id, ...this.directGroups(userId)]);
    for (let before = -1; before < ids.size; ) {
      before = ids.size;
      const groups = this.groupsById(ids);
      for (const { active, condition, groupIds } of this.rules.values()) {
        if (active && condition(user, groups)) for (const id of groupIds) ids.add(id);
      }
    }
    return this.groupsById(ids);
  }

  authorizationServers(): readonly AuthorizationServer[] {
    return [...this.servers.values()];
  }

  appByClientId(clientId: string): App | undefined {
    return [...this.apps.values()].find((app) => app.clientId === clientId);
  }

  /** The groups assigned to an app. */
  assignmentsOf(appId: string): readonly Group[] {
    return this.groupsById(this.assignedGroups.get(appId) ?? new Set());
  }

  /** Evaluates a request for tokens as Okta does. */
  authorize(request: AuthorizationRequest): AuthorizationResult {
    const server = this.server(request.serverId);
    const app = this.appByClientId(request.clientId);
    const user = request.userId === undefined ? undefined : this.userById(request.userId);
    if (app === undefined || user === undefined) return authorize(request, { server, app });
    const groups = this.groupsOf(user.id);
    const assignedIds = this.assignedGroups.get(app.id);
    const assigned = groups.some(({ id }) => assignedIds?.has(id));
    return authorize(request, { server, app, user: { user, groups, assigned } });
  }

  /** The claims about a person in the ID token; fails with `TooManyGroupsError`. */
  idTokenClaims(request: {
    readonly serverId: string;
    readonly clientId: string;
    readonly userId: string;
    readonly scopes: readonly string[];
  }): Record<string, unknown> {
    const user = known(this.users.get(request.userId), 'user', request.userId);
    return idTokenClaims(user, this.groupsOf(user.id), this.server(request.serverId).claims, request.scopes);
  }

  private server(serverId: string): AuthorizationServer {
    return known(this.servers.get(serverId), 'authorization server', serverId);
  }

  private changeServer(serverId: string, change: (server: AuthorizationServer) => Partial<AuthorizationServer>): void {
    const server = this.server(serverId);
    this.servers.set(serverId, { ...server, ...change(server) });
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
    return [...this.groups.values()].filter(({ id }) => ids.has(id));
  }

  private add<Thing extends { readonly id: string }>(
    things: Map<string, Thing>,
    prefix: string,
    thing: Omit<Thing, 'id'> & { readonly id?: string },
  ): Thing {
    const added = { ...thing, id: thing.id ?? this.newId(prefix) } as Thing;
    things.set(added.id, added);
    return added;
  }

  /** An id as long as Okta's, and the same in every run. */
  private newId(prefix: string): string {
    return prefix + String(++this.lastId).padStart(17, '0');
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

function known<Thing>(thing: Thing | undefined, kind: string, name: string): Thing {
  if (thing === undefined) throw new AccessError(`The organization has no ${kind} ${name}.`);
  return thing;
}
