import { isGrave } from '../model/review/diff';
import { type Effect, moves, neutral, replaces, type Told, widens } from '../model/review/effects/effect';
import { type DiffRow, gainedRows, type RowSide, sensitiveAmong } from '../model/review/row-diff';
import type { SensitivePermission } from '../rbac/sensitive-permissions';
import { type AccessSide, accessSide, namesById, renamedGroups } from './access-side';
import { type ObjectKind, objectKind, objectName, ownerOf, updatedTold } from './object-kinds';
import type { Action, FoundObject, ObjectChange, StackPlan, Values } from './stack-plan';
import { textAt } from './values';

/** What Terraform does with one object, and what that means. */
export interface Consequence {
  readonly stack: string;
  readonly address: string;
  /** The kind of the object, such as `cluster`; for other objects, Terraform's type. */
  readonly kind: string;
  /** Its name; `old → new` if that changes. */
  readonly name: string;
  /** `refused`: Terraform would destroy or replace it, and ends with an error because it is protected. */
  readonly action: Exclude<Action, 'none' | 'read'> | 'refused';
  readonly because: readonly string[];
  readonly effect: Effect;
  /** What it means, and its price: a sentence without a period. */
  readonly what: string;
}

/** Who gains and who loses access between two moments. */
export interface AccessChanges {
  readonly gains: readonly DiffRow[];
  readonly losses: readonly DiffRow[];
  /** Who is in the groups that gain a role, and who was in those that lose one. */
  readonly people: readonly GroupPeople[];
  /** The sensitive permissions that somebody gains. */
  readonly sensitive: readonly SensitivePermission[];
  /** People who join or leave a group that has no role in these plans. */
  readonly joins: readonly Membership[];
  readonly leaves: readonly Membership[];
  /** Roles that somebody gains and that no plan defines, as `role on cluster`. */
  readonly unknownRoles: readonly string[];
}

export interface GroupPeople {
  readonly group: string;
  /** None if no plan shows it. Logins, and `rule: <expression>` for users whom the rule of the group selects. */
  readonly people: readonly string[];
}

export interface Membership {
  readonly group: string;
  readonly who: string;
}

/** A stack whose plan changes once another stack is applied. */
export interface LaterPlan {
  readonly stack: string;
  /** The stack that is applied first. */
  readonly after: string;
  readonly effect: Effect;
  readonly what: string;
}

/** An argument that Terraform knows only after apply. */
export interface UnknownArgument {
  readonly stack: string;
  readonly address: string;
  readonly argument: string;
}

/** A stack with a plan. */
export type PlannedStack = Pick<StackPlan, 'stack' | 'failed' | 'message' | 'partial'>;

/** What the plans of several stacks do together. */
export interface PlanReview {
  readonly stacks: readonly PlannedStack[];
  readonly consequences: readonly Consequence[];
  readonly access: AccessChanges;
  /** What somebody has changed by hand since the last apply. */
  readonly byHand: { readonly consequences: readonly Consequence[]; readonly access: AccessChanges };
  readonly later: readonly LaterPlan[];
  readonly unknown: readonly UnknownArgument[];
}

/**
 * Says what the plans of several stacks do together.
 * @param unfinished of stacks that can be planned only after another stack is applied, as far as Terraform came.
 */
export function planReview(plans: readonly StackPlan[], unfinished: readonly StackPlan[] = []): PlanReview {
  const renamed = renamedGroups(plans);
  const now = accessSide(plans, 'now');
  const nameOf = names(plans);
  return {
    stacks: plans.map(({ stack, failed, message, partial }) => ({ stack, failed, message, partial })),
    consequences: plans.flatMap((plan) => [
      ...plan.refused.map((object) => refused(plan, object, nameOf)),
      ...plan.changes.flatMap((change) => consequence(plan, change, nameOf)),
    ]),
    access: accessChanges(accessSide(plans, 'now', renamed), accessSide(plans, 'planned', renamed)),
    byHand: {
      consequences: plans.flatMap((plan) => plan.drift.flatMap((change) => madeByHand(plan, change, nameOf))),
      access: accessChanges(accessSide(plans, 'last apply'), now),
    },
    later: [...plans, ...unfinished].flatMap((plan) => laterPlans(plan, plans)),
    unknown: plans.flatMap(unknownArguments),
  };
}

/** Kinds whose loss somebody must look at, whatever the effect of the change is. */
const PROTECTED = new Set(['cluster', 'association', 'app', 'authorization server', 'namespace', 'group']);

function isProtected(kind: string | undefined): boolean {
  return kind !== undefined && PROTECTED.has(kind);
}

/** Whether a reviewer must look at the plans: the rule of `diff`, and what is destroyed or replaced. */
export function isGravePlan({ consequences, access, byHand, later }: PlanReview): boolean {
  return [
    ...[...consequences, ...byHand.consequences, ...later].map(isGrave),
    ...[...consequences, ...byHand.consequences].map(
      ({ kind, action }) => isProtected(kind) && (action === 'destroy' || action === 'replace'),
    ),
    ...[access, byHand.access].map(
      ({ sensitive, joins, unknownRoles }) => sensitive.length + joins.length + unknownRoles.length > 0,
    ),
  ].includes(true);
}

function consequence(plan: StackPlan, change: ObjectChange, nameOf: NameOf): readonly Consequence[] {
  const { action, type, before, after } = change;
  if (action === 'none' || action === 'read') return [];
  const kind = objectKind(type);
  const vanished = plan.drift.some((other) => other.address === change.address && other.action === 'destroy');
  const told =
    vanished && action === 'create' && isProtected(kind?.what)
      ? moves(
          'The one of the last apply is no longer found with this region, account, or organization. Terraform creates another one. If the old one still exists, it goes on without Terraform',
        )
      : toldOf(kind, action, before, after);
  return [described(plan, change, action, told, nameOf)];
}

/** What Terraform refuses to destroy or replace, because it is protected. */
function refused(plan: StackPlan, { address, type, values }: FoundObject, nameOf: NameOf): Consequence {
  const told = replaces(
    'It is protected, and Terraform changes nothing in this stack. If you want the change, docs/troubleshooting.md has the line that allows it',
  );
  return described(plan, { address, type, before: values, because: [] }, 'refused', told, nameOf);
}

/** What somebody did by hand: Terraform's next apply undoes it, as far as the stack has the object. */
function madeByHand(plan: StackPlan, change: ObjectChange, nameOf: NameOf): readonly Consequence[] {
  const { action, type, before, after } = change;
  if (action === 'none' || action === 'read') return [];
  const kind = objectKind(type);
  const told = toldOf(kind, action, before, after);
  const isPrice = action === 'destroy' && isProtected(kind?.what);
  // Attributes that a service sets, such as times, are no change by hand.
  if (action === 'update' && told.effect === 'neutral') return [];
  const gone = replaces('Somebody has deleted it, or the region, the account, or the organization is another one');
  return [described(plan, change, action, isPrice ? gone : told, nameOf)];
}

type Described = Pick<ObjectChange, 'address' | 'type' | 'before' | 'after' | 'because'>;

function described(
  plan: StackPlan,
  object: Described,
  action: Consequence['action'],
  { effect, what }: Told,
  nameOf: NameOf,
): Consequence {
  const { address, type, because } = object;
  const kind = objectKind(type)?.what ?? type;
  return { stack: plan.stack, address, kind, name: nameOf(plan, object), action, because, effect, what };
}

type NameOf = (plan: StackPlan, object: Described) => string;

/** Tells what people call an object: its name, or the name of the object that it belongs to; otherwise its address. */
function names(plans: readonly StackPlan[]): NameOf {
  const owners = new Map<string, ReturnType<typeof namesById>>();
  return (plan, { address, type, before, after }) => {
    const owner = ownerOf(type);
    if (owner !== undefined) {
      const find = owners.get(owner.type) ?? namesById(plans, owner.type, owner.key);
      owners.set(owner.type, find);
      const [name] = find(plan, address, [textAt(before ?? after, owner.argument)], owner.argument);
      return name ?? address;
    }
    const [old, now] = [objectName(before), objectName(after)];
    const isRenamed = old !== undefined && now !== undefined && old !== now;
    return isRenamed ? `${old} → ${now}` : (old ?? now ?? address);
  };
}

function toldOf(
  kind: ObjectKind | undefined,
  action: Exclude<Consequence['action'], 'refused'>,
  before: Values = {},
  after: Values = {},
): Told {
  switch (action) {
    case 'forget':
      return neutral('It stays as it is, and Terraform no longer manages it');
    case 'forget and create':
      return moves('The old one stays as it is, without Terraform, and Terraform creates another one');
    case 'create':
      return kind?.created(after) ?? neutral('This program does not know what it is for');
    default:
  }
  if (kind === undefined) return widens('This program does not know what that means for access');
  if (action === 'update') return updatedTold(kind, before, after);
  return action === 'replace' && kind.replaced ? kind.replaced(before, after) : kind.destroyed(before);
}

function accessChanges(before: AccessSide, after: AccessSide): AccessChanges {
  const [gains, losses] = [gainedRows(before, after), gainedRows(after, before)];
  const gainedIn = new Set(gains.map(({ role, cluster }) => `${role} on ${cluster}`));
  return {
    gains,
    losses,
    people: peopleOf([gains, losses], [after, before]),
    sensitive: sensitiveAmong(gains, before, after),
    joins: joined(before, after),
    leaves: joined(after, before),
    unknownRoles: [...after.unknownRoles].filter((role) => gainedIn.has(role)),
  };
}

/** The people of the groups that gain or lose a role as a whole. */
function peopleOf(rows: readonly (readonly DiffRow[])[], sides: readonly RowSide[]): readonly GroupPeople[] {
  const people = new Map<string, Set<string>>();
  for (const [at, side] of sides.entries()) {
    for (const { group, who } of rows[at] ?? []) {
      if (who !== undefined) continue;
      people.set(group, new Set([...(people.get(group) ?? []), ...side.members(group)]));
    }
  }
  return [...people].sort().map(([group, ofGroup]) => ({ group, people: [...ofGroup] }));
}

/** People who are in a group only afterwards, if the group has no role that gains and losses report. */
function joined(before: AccessSide, after: AccessSide): readonly Membership[] {
  const granted = new Set([...before.rows, ...after.rows].map(({ group }) => group));
  return after.groupsWithMembers.flatMap((group) => {
    if (granted.has(group)) return [];
    const known = new Set(before.members(group));
    return after.members(group).flatMap((who) => (known.has(who) ? [] : [{ group, who }]));
  });
}

const OUTPUTS = {
  create: (output: string, after: string) => `It was applied with an older ${output}, and ${after} creates a new one`,
  update: (output: string) => `It reads ${output}, which changes`,
  delete: (output: string) => `It reads ${output}, which no longer exists`,
};

const ASSOCIATION =
  ': the next plan replaces its association, and sign-in to the cluster is unavailable for 20 minutes or more';

/** What a plan cannot show yet, because another stack changes what it reads. */
function laterPlans(plan: StackPlan, plans: readonly StackPlan[]): readonly LaterPlan[] {
  const others = plans.filter((other) => other !== plan);
  const byOutput = others.flatMap(({ stack: after, changedOutputs }) => {
    const read = new Set(plan.reads.flatMap(({ output, exists }) => (exists ? [output] : [])));
    return [...read].flatMap((output) => {
      const action = changedOutputs.get(output);
      return action === undefined
        ? []
        : [{ stack: plan.stack, after, ...replaces(`${OUTPUTS[action](output, after)}${ASSOCIATION}`) }];
    });
  });
  const clusters = new Set(
    plan.found.flatMap(({ type, values }) => (type === 'aws_eks_cluster' ? (textAt(values, 'name') ?? []) : [])),
  );
  // A stack that only destroys is applied before its cluster goes.
  const stays = plan.changes.some(({ action }) => action !== 'destroy' && action !== 'forget');
  const byCluster = (stays ? others : []).flatMap(({ stack: after, changes }) =>
    changes.some(
      ({ type, action, before }) =>
        type === 'aws_eks_cluster' &&
        (action === 'replace' || action === 'destroy') &&
        clusters.has(textAt(before, 'name') ?? ''),
    )
      ? [
          {
            stack: plan.stack,
            after,
            ...replaces(`It is planned on the cluster that ${after} destroys: plan it again`),
          },
        ]
      : [],
  );
  return [...byOutput, ...byCluster];
}

/** The arguments that refer to what Terraform knows only after apply. */
function unknownArguments(plan: StackPlan): readonly UnknownArgument[] {
  return plan.changes.flatMap(({ address, unknown }) => {
    if (typeof unknown !== 'object' || unknown === null) return [];
    const values = unknown as Values;
    return plan
      .arguments(address)
      .filter((argument) => hasTrue(values[argument]) && plan.references(address, argument).length > 0)
      .map((argument) => ({ stack: plan.stack, address, argument }));
  });
}

function hasTrue(unknown: unknown): boolean {
  if (typeof unknown !== 'object' || unknown === null) return unknown === true;
  return Object.values(unknown).some(hasTrue);
}
