import { escaped } from '../constraints/finding';
import type { AccessChanges, Consequence, Membership, PlanReview } from '../plan/plan-review';
import type { UnplannedStack } from '../plan/stack-plan';
import { leadsTo } from '../rbac/sensitive-permissions';
import { changesByGroup } from './diff-changes';
import { counted, enumerated } from './words';

/** What `eks-access plan` reports. */
export interface PlanReport {
  readonly review: PlanReview;
  readonly unplanned: readonly UnplannedStack[];
}

/** The report as data, with fixed keys. */
export function planJson({ review, unplanned }: PlanReport): unknown {
  const { stacks, consequences, access, byHand, later, unknown } = review;
  return { stacks, unplanned, consequences, access, byHand, later, onlyKnownAfterApply: unknown };
}

/** What Terraform will do, in sentences for a terminal. */
export function planText({ review, unplanned }: PlanReport): string {
  const { stacks, consequences, access, byHand, later, unknown } = review;
  const blocks = [
    ...stacks.map(({ stack, failed, partial }) => {
      const own = consequences.filter((consequence) => consequence.stack === stack);
      const heading = `${escaped(stack)}: ${countedActions(own)}`;
      return [
        heading,
        ...(failed ? ['  Terraform ended with an error before it had planned everything'] : []),
        ...(partial && !failed ? ['  Terraform plans the rest only after this plan is applied'] : []),
        ...sentences(own),
      ].join('\n');
    }),
    ...unplanned.map(({ stack, after, message }) =>
      after === undefined
        ? block(`${escaped(stack)}: Terraform failed`, message.trimEnd().split('\n').map(escaped))
        : `${escaped(stack)} can be planned after ${escaped(after)} is applied`,
    ),
    ...accessBlocks('Who gains and who loses access', access),
    ...(later.length === 0
      ? []
      : [
          block(
            'Changes again after another stack is applied',
            later.map(({ stack, after, what }) => `${escaped(stack)}, after ${escaped(after)}: ${escaped(what)}`),
          ),
        ]),
    ...(byHand.consequences.length === 0
      ? []
      : [
          block(
            'Changed by hand since the last apply',
            sentences(byHand.consequences).map((line) => line.trim()),
          ),
        ]),
    ...accessBlocks('Who gained and who lost access by hand since the last apply', byHand.access),
    ...(unknown.length === 0
      ? []
      : [
          block('Only known after apply', [
            enumerated(
              unknown.map(({ address, argument }) => escaped(`${argument} of ${address}`)),
              8,
            ),
          ]),
        ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const VERBS: Readonly<Record<Consequence['action'], string>> = {
  create: 'creates',
  update: 'changes',
  replace: 'replaces',
  destroy: 'destroys',
  forget: 'forgets',
  'forget and create': 'forgets, and creates again,',
};

function countedActions(consequences: readonly Consequence[]): string {
  if (consequences.length === 0) return 'nothing changes';
  const counts = Object.entries(VERBS).flatMap(([action, verb]) => {
    const number = consequences.filter((consequence) => consequence.action === action).length;
    return number === 0 ? [] : [`${verb.split(',')[0]} ${counted(number, 'object')}`];
  });
  return enumerated(counts);
}

/** The gravest first; what is only created is one sentence for each kind. */
function sentences(consequences: readonly Consequence[]): readonly string[] {
  const isOrdinary = ({ action, effect }: Consequence) => action === 'create' && effect === 'neutral';
  const told = consequences.filter((consequence) => !isOrdinary(consequence));
  const created = new Map<string, string[]>();
  for (const { kind, name } of consequences.filter(isOrdinary)) {
    created.set(kind, [...(created.get(kind) ?? []), escaped(name)]);
  }
  const gravity = ({ effect }: Consequence) => (effect === 'neutral' || effect === 'narrows' ? 1 : 0);
  return [
    ...[...told].sort((a, b) => gravity(a) - gravity(b)).map((consequence) => `  ${sentence(consequence)}`),
    ...[...created].map(([kind, names]) => `  creates ${escaped(kind)} ${enumerated(names, 4)}`),
  ];
}

function sentence({ action, kind, name, because, what }: Consequence): string {
  const reason = because.length === 0 ? '' : `, because ${escaped(because.join(' and '))}`;
  return `${VERBS[action]} the ${escaped(kind)} ${escaped(name)}${reason}: ${escaped(what)}`;
}

function accessBlocks(title: string, access: AccessChanges): readonly string[] {
  const { sensitive, joins, leaves, unknownRoles } = access;
  const rows = [...changesByGroup(access, escaped).values()].flat();
  const people = [...memberships('joins', joins), ...memberships('leaves', leaves)];
  const unknown = unknownRoles.map(
    (role) => `No plan shows what ${escaped(role)} allows: it could not be checked for sensitive permissions`,
  );
  const leads = sensitive.map((permission) => `${permission} leads to ${leadsTo(permission)}`);
  const lines = [...rows, ...people, ...unknown, ...leads];
  return lines.length === 0 ? [] : [block(title, lines)];
}

function memberships(verb: string, all: readonly Membership[]): readonly string[] {
  return all.map(({ group, who }) => `${escaped(who)} ${verb} ${escaped(group)}, whose roles are in no plan here`);
}

function block(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
