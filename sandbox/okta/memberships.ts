import { AccessError } from '../../constraints/access-error';
import { type GroupCondition, parseClaimValue, parseGroupCondition } from './evaluate-expression';
import type { Group, GroupRule, User } from './objects';
import type { Register, Things } from './things';

export interface MembershipsProps {
  readonly register: Register;
  readonly users: Things<User>;
  readonly groups: Things<Group>;
  readonly rules: Things<GroupRule>;
}

/** Who is in which group: everybody in Everyone, people whom somebody has added, and those whom rules add. */
export class Memberships {
  private readonly added = new Map<string, Set<string>>();
  private readonly conditions = new Map<string, GroupCondition>();
  private readonly unsupported: string[] = [];

  constructor(private readonly props: MembershipsProps) {}

  /** Adds a person to a group by hand. */
  add(groupId: string, userId: string): void {
    this.props.groups.known(groupId);
    this.props.users.known(userId);
    this.added.set(groupId, this.addedTo(groupId).add(userId));
    this.props.register.touch(membersOf(groupId));
  }

  /** Takes a person out of those whom somebody has added. Rules still add the person. */
  take(groupId: string, userId: string): void {
    this.addedTo(groupId).delete(userId);
    this.props.register.touch(membersOf(groupId));
  }

  /**
   * Removes a person from a group as an administrator does by hand: the rules that have added the person to the group
   * exclude the person from now on.
   * @returns the rules.
   * @see https://support.okta.com/help/s/article/removing-user-from-exception-list-in-group-rule
   */
  remove(groupId: string, userId: string): readonly GroupRule[] {
    const user = this.props.users.known(userId);
    const groups = this.groupsOf(userId);
    const rules = this.props.rules
      .all()
      .filter((rule) => rule.groupIds.includes(groupId) && this.applies(rule, user, groups));
    this.take(groupId, userId);
    for (const { id, excludedUserIds, keptUserIds } of rules) {
      this.props.rules.change(id, {
        excludedUserIds: [...excludedUserIds, userId],
        keptUserIds: keptUserIds.filter((kept) => kept !== userId),
      });
    }
    return rules;
  }

  /** Everybody in a group. */
  of(groupId: string): readonly User[] {
    return this.props.users.all().filter(({ id }) => this.groupsOf(id).some((group) => group.id === groupId));
  }

  /** The people whom somebody has added to a group. */
  addedBySomebody(groupId: string): readonly User[] {
    return [...this.addedTo(groupId)].map((id) => this.props.users.known(id));
  }

  /** The groups of a person. */
  groupsOf(userId: string): readonly Group[] {
    const user = this.props.users.known(userId);
    const ids = new Set(this.startGroups(userId));
    // A rule can depend on a group that another rule gives.
    for (let before = -1; before < ids.size; ) {
      before = ids.size;
      const groups = this.groupsById(ids);
      for (const rule of this.props.rules.all()) {
        if (this.applies(rule, user, groups)) for (const id of rule.groupIds) ids.add(id);
      }
    }
    return this.groupsById(ids);
  }

  /** The groups to which somebody has added a person, without Everyone. */
  directGroupsOf(userId: string): readonly Group[] {
    return this.props.groups.all().filter(({ id }) => this.addedTo(id).has(userId));
  }

  /** When somebody was last added to a group, or removed from it, by hand. */
  changed(groupId: string): Date {
    const { register } = this.props;
    const group = register.datesOf(groupId).created;
    const members = register.datesOf(membersOf(groupId));
    return this.added.has(groupId) ? members.lastUpdated : group;
  }

  activateRule(ruleId: string): void {
    this.props.rules.change(ruleId, { status: 'ACTIVE', keptUserIds: [] });
  }

  /**
   * Deactivates a rule. The people whom it has added stay in its groups.
   * @see https://support.okta.com/help/s/article/what-happens-if-group-rules-are-deactivated-and-deleted
   */
  deactivateRule(ruleId: string): void {
    this.props.rules.change(ruleId, { status: 'INACTIVE', keptUserIds: this.addedByRule(ruleId) });
  }

  /** @param removeUsers whether the people whom the rule has added leave its groups. */
  removeRule(ruleId: string, removeUsers: boolean): void {
    const { groupIds } = this.props.rules.known(ruleId);
    const userIds = removeUsers ? [] : this.addedByRule(ruleId);
    this.props.rules.remove(ruleId);
    for (const groupId of groupIds) {
      if (this.props.groups.get(groupId) === undefined) continue;
      for (const userId of userIds) this.add(groupId, userId);
    }
  }

  /** Forgets a user who is removed from the organization. */
  forgetUser(userId: string): void {
    for (const users of this.added.values()) users.delete(userId);
  }

  /** Forgets a group that is removed from the organization. Its rules become invalid. */
  forgetGroup(groupId: string): void {
    this.added.delete(groupId);
    this.props.register.forget(membersOf(groupId));
    for (const { id, groupIds } of this.props.rules.all()) {
      if (groupIds.includes(groupId)) this.props.rules.change(id, { status: 'INVALID' });
    }
  }

  /** Why rules put nobody into their groups, and claims are empty, in sentences: their expressions are not supported. */
  unsupportedExpressions(): readonly string[] {
    return this.unsupported;
  }

  /** Notes whether the expression of a rule is supported. */
  checkRule(expression: string): void {
    this.conditionOf(expression);
  }

  /** Notes whether the expression of a claim is supported. */
  checkClaim(expression: string): void {
    this.supported(() => parseClaimValue(expression));
  }

  private addedTo(groupId: string): Set<string> {
    return this.added.get(groupId) ?? new Set();
  }

  private addedByRule(ruleId: string): readonly string[] {
    const rule = this.props.rules.known(ruleId);
    return this.props.users
      .all()
      .flatMap((user) => (this.applies(rule, user, this.groupsOf(user.id)) ? [user.id] : []));
  }

  private applies(rule: GroupRule, user: User, groups: readonly Group[]): boolean {
    if (rule.status === 'INACTIVE') return rule.keptUserIds.includes(user.id);
    if (rule.status === 'INVALID' || rule.excludedUserIds.includes(user.id)) return false;
    return this.conditionOf(rule.expression)(user, groups);
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

  private startGroups(userId: string): readonly string[] {
    return this.props.groups
      .all()
      .flatMap(({ id, type }) => (type === 'BUILT_IN' || this.addedTo(id).has(userId) ? [id] : []));
  }

  private groupsById(ids: ReadonlySet<string>): readonly Group[] {
    return this.props.groups.all().filter(({ id }) => ids.has(id));
  }
}

/** The members of a group have dates of their own. */
function membersOf(groupId: string): string {
  return `members of ${groupId}`;
}
