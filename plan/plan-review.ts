import { isGrave } from '../model/review/diff';
import { type Effect, moves, neutral, replaces, type Told, widens } from '../model/review/effects/effect';
import { type DiffRow, gainedRows, sensitiveAmong } from '../model/review/row-diff';
import type { SensitivePermission } from '../rbac/sensitive-permissions';
import { type AccessSide, accessSide, renamedGroups } from './access-side';
import { type ObjectKind, objectKind, objectName } from './object-kinds';
import type { Action, ObjectChange, StackPlan, Values } from './stack-plan';
import { textAt } from './values';

/** What Terraform does with one object, and what that means. */
export interface Consequence {
  readonly stack: string;
  readonly address: string;
  /** The kind of the object, such as `cluster`; for other objects, Terraform's type. */
  readonly kind: string;
  /** Its name; `old → new` if that changes. */
  readonly name: string;
  readonly action: Exclude<Action, 'none' | 'read'>;
  readonly because: readonly string[];
  readonly effect: Effect;
  /** What it means, and its price: a sentence without a period. */
  readonly what: string;
}

/** Who gains and who loses access between two moments. */
export interface AccessChanges {
  readonly gains: readonly DiffRow[];
  readonly losses: readonly DiffRow[];
  /** The sensitive permissions that somebody gains. */
  readonly sensitive: readonly SensitivePermission[];
  /** People who join or leave a group that has no role in these plans. */
  readonly joins: readonly Membership[];
  readonly leaves: readonly Membership[];
  /** Roles that somebody gains and that no plan defines, as `role on cluster`. */
  readonly unknownRoles: readonly string[];
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

/** What the plans of several stacks do together. */
export interface PlanReview {
  readonly stacks: readonly { readonly stack: string; readonly failed: boolean; readonly partial: boolean }[];
  readonly consequences: readonly Consequence[];
  readonly access: AccessChanges;
  /** What somebody has changed by hand since the last apply. */
  readonly byHand: { readonly consequences: readonly Consequence[]; readonly access: AccessChanges };
  readonly later: readonly LaterPlan[];
  readonly unknown: readonly UnknownArgument[];
}

/** Says what the plans of several stacks do together. */
export function planReview(plans: readonly StackPlan[]): PlanReview {
  const renamed = renamedGroups(plans);
  const now = accessSide(plans, 'now');
  return {
    stacks: plans.map(({ stack, failed, partial }) => ({ stack, failed, partial })),
    consequences: plans.flatMap((plan) => plan.changes.flatMap((change) => consequence(plan, change))),
    access: accessChanges(accessSide(plans, 'now', renamed), accessSide(plans, 'planned', renamed)),
    byHand: {
      consequences: plans.flatMap((plan) => plan.drift.flatMap((change) => madeByHand(plan, change))),
      access: accessChanges(accessSide(plans, 'last apply'), now),
    },
    later: plans.flatMap((plan) => laterPlans(plan, plans)),
    unknown: plans.flatMap(unknownArguments),
  };
}

/** Kinds whose loss somebody must look at, whatever the effect of the change is. */
const PROTECTED = new Set(['cluster', 'association', 'app', 'authorization server', 'namespace', 'group']);

/** Whether a reviewer must look at the plans: the rule of `diff`, and what is destroyed or replaced. */
export function isGravePlan({ consequences, access, byHand, later }: PlanReview): boolean {
  return [
    ...[...consequences, ...byHand.consequences, ...later].map(isGrave),
    ...[...consequences, ...byHand.consequences].map(
      ({ kind, action }) => PROTECTED.has(kind) && (action === 'destroy' || action === 'replace'),
    ),
    ...[access, byHand.access].map(
      ({ sensitive, joins, unknownRoles }) => sensitive.length + joins.length + unknownRoles.length > 0,
    ),
  ].includes(true);
}

function consequence(plan: StackPlan, change: ObjectChange): readonly Consequence[] {
  const { action, type, before, after } = change;
  if (action === 'none' || action === 'read') return [];
  const vanished = action === 'create' ? plan.drift.find(({ address }) => address === change.address) : undefined;
  const told =
    vanished?.action === 'destroy'
      ? moves(
          'The object of the last apply is no longer found with this region, account, or organization. Terraform creates another one. If the old one still exists, it goes on without Terraform',
        )
      : toldOf(objectKind(type), action, before, after);
  return [described(plan, change, action, told)];
}

/** What somebody did by hand: Terraform's next apply undoes it, as far as the stack has the object. */
function madeByHand(plan: StackPlan, change: ObjectChange): readonly Consequence[] {
  const { action, type, before, after } = change;
  if (action === 'none' || action === 'read') return [];
  const kind = objectKind(type);
  const told = toldOf(kind, action, before, after);
  const isPrice = action === 'destroy' && kind !== undefined && PROTECTED.has(kind.what);
  // Attributes that a service sets, such as times, are no change by hand.
  if (action === 'update' && told.effect === 'neutral') return [];
  return [described(plan, change, action, isPrice ? replaces('It no longer exists, or is no longer found') : told)];
}

function described(
  { stack }: StackPlan,
  { address, type, before, after, because }: ObjectChange,
  action: Consequence['action'],
  { effect, what }: Told,
): Consequence {
  const [old, now] = [objectName(before), objectName(after)];
  const isRenamed = old !== undefined && now !== undefined && old !== now;
  const name = isRenamed ? `${old} → ${now}` : (old ?? now ?? address);
  return { stack, address, kind: objectKind(type)?.what ?? type, name, action, because, effect, what };
}

function toldOf(
  kind: ObjectKind | undefined,
  action: Consequence['action'],
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
  if (action === 'update') return kind.updated(before, after);
  return action === 'replace' && kind.replaced ? kind.replaced(before, after) : kind.destroyed(before);
}

function accessChanges(before: AccessSide, after: AccessSide): AccessChanges {
  const gains = gainedRows(before, after);
  const gainedIn = new Set(gains.map(({ role, cluster }) => `${role} on ${cluster}`));
  return {
    gains,
    losses: gainedRows(after, before),
    sensitive: sensitiveAmong(gains, before, after),
    joins: joined(before, after),
    leaves: joined(after, before),
    unknownRoles: [...after.unknownRoles].filter((role) => gainedIn.has(role)),
  };
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

/** What a plan cannot show yet, because another stack changes what it reads. */
function laterPlans(plan: StackPlan, plans: readonly StackPlan[]): readonly LaterPlan[] {
  const others = plans.filter((other) => other !== plan);
  const byOutput = others.flatMap(({ stack: after, changedOutputs }) => {
    const read = plan.reads.filter(({ output }) => changedOutputs.includes(output));
    const outputs = [...new Set(read.map(({ output }) => output))];
    return outputs.length === 0
      ? []
      : [
          {
            stack: plan.stack,
            after,
            ...replaces(
              `It reads ${outputs.join(' and ')}, which ${outputs.length === 1 ? 'changes' : 'change'}: the next plan replaces its association, and sign-in to the cluster is unavailable for 20 minutes or more`,
            ),
          },
        ];
  });
  const clusters = new Set(
    plan.found.flatMap(({ type, values }) => (type === 'aws_eks_cluster' ? (textAt(values, 'name') ?? []) : [])),
  );
  const byCluster = others.flatMap(({ stack: after, changes }) =>
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
