import { escaped } from '../constraints/finding';
import { groupBy } from '../model/derived/group-by';
import type { AccessChanges, Consequence, Membership, PlanReview } from '../plan/plan-review';
import type { UnplannedStack } from '../plan/stack-plan';
import { leadsTo } from '../rbac/sensitive-permissions';
import { changesByGroup, person } from './diff-changes';
import { counted, enumerated } from './words';

/** What `eks-access plan` reports. */
export interface PlanReport {
  readonly review: PlanReview;
  readonly unplanned: readonly UnplannedStack[];
}

/** The report as data, with fixed keys. */
export function planJson({ review, unplanned }: PlanReport): unknown {
  const { stacks, consequences, access, byHand, later, unknown } = review;
  const withoutPlan = unplanned.map(({ stack, after, message }) => ({ stack, after, message }));
  return { stacks, unplanned: withoutPlan, consequences, access, byHand, later, onlyKnownAfterApply: unknown };
}

/** What Terraform will do, in sentences for a terminal. */
export function planText({ review, unplanned }: PlanReport): string {
  const { stacks, consequences, access, byHand, later, unknown } = review;
  const blocks = [
    ...stacks.map(({ stack, failed, message, partial }) => {
      const own = consequences.filter((consequence) => consequence.stack === stack);
      const isEmpty = failed && own.length === 0;
      const heading = `${escaped(stack)}: ${isEmpty ? 'could not be planned' : countedActions(own)}`;
      return [
        heading,
        ...(partial && !failed ? ['  Terraform plans the rest only after this plan is applied'] : []),
        ...sentences(own),
        ...(failed ? ['  Terraform ended with an error before it had planned everything'] : []),
        ...(message === undefined ? [] : said(message).map((line) => `    ${line}`)),
      ].join('\n');
    }),
    ...unplanned.map(({ stack, after, message }) =>
      after === undefined
        ? block(`${escaped(stack)}: Terraform failed`, said(message))
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
          [
            'Changed by hand, or no longer found, since the last apply:',
            ...sentences(byHand.consequences, VERBS_BY_HAND),
          ].join('\n'),
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
  refused: 'may not destroy or replace',
};

const VERBS_BY_HAND: typeof VERBS = {
  ...VERBS,
  create: 'somebody created',
  update: 'somebody changed',
  replace: 'somebody replaced',
  destroy: 'Terraform no longer finds',
};

function countedActions(consequences: readonly Consequence[]): string {
  if (consequences.length === 0) return 'nothing changes';
  const counts = Object.entries(VERBS).flatMap(([action, verb]) => {
    const number = consequences.filter((consequence) => consequence.action === action).length;
    return number === 0 ? [] : [`${verb.split(',')[0]} ${counted(number, 'object')}`];
  });
  return enumerated(counts);
}

/** The gravest first; objects of a kind for which the same is true are in one sentence. */
function sentences(consequences: readonly Consequence[], verbs = VERBS): readonly string[] {
  const gravity = ({ action, effect }: Consequence) => {
    if (effect !== 'neutral' && effect !== 'narrows') return 0;
    return action === 'create' ? 2 : 1;
  };
  const sorted = [...consequences].sort((a, b) => gravity(a) - gravity(b));
  return [...groupBy(sorted, alike).values()].map((same) => `  ${sentence(same, verbs)}`);
}

/** A text that is the same for consequences of one sentence. */
function alike({ action, kind, effect, because, what }: Consequence): string {
  return JSON.stringify([action, kind, ...(isOrdinary({ action, kind, effect }) ? [] : [because, what])]);
}

/** What is only created needs no explanation, except an app: it can be there in the place of one that is lost. */
function isOrdinary({ action, kind, effect }: Pick<Consequence, 'action' | 'kind' | 'effect'>): boolean {
  return action === 'create' && effect === 'neutral' && kind !== 'app';
}

function sentence(same: readonly Consequence[], verbs: typeof VERBS): string {
  const [{ action, kind, effect, because, what }] = same as [Consequence];
  const ordinary = isOrdinary({ action, kind, effect });
  const names = [...new Set(same.map(({ name }) => escaped(name)))];
  const reason = because.length === 0 ? '' : `, because ${escaped(because.join(' and '))}`;
  const explanation = ordinary ? '' : `${reason}: ${escaped(what)}`;
  return `${verbs[action]} the ${escaped(kind)} ${enumerated(names, ordinary ? 4 : undefined)}${explanation}`;
}

function accessBlocks(title: string, access: AccessChanges): readonly string[] {
  const { people: ofGroups, sensitive, joins, leaves, unknownRoles } = access;
  const rows = [...changesByGroup(access, escaped).values()].flat();
  const people = [...memberships('Joins', joins), ...memberships('Leaves', leaves)];
  const groups = ofGroups.map(({ group, people: members }) =>
    members.length === 0
      ? `No plan shows who is in ${escaped(group)}`
      : `In ${escaped(group)}: ${enumerated(
          members.map((who) => person(who, escaped)),
          20,
        )}`,
  );
  const unknown = unknownRoles.map(
    (role) => `No plan shows what ${escaped(role)} allows: it could not be checked for sensitive permissions`,
  );
  const leads = sensitive.map((permission) => `${permission} leads to ${leadsTo(permission)}`);
  const lines = [...rows, ...people, ...groups, ...unknown, ...leads];
  return lines.length === 0 ? [] : [block(title, lines)];
}

function memberships(verb: string, all: readonly Membership[]): readonly string[] {
  return all.map(
    ({ group, who }) => `${verb} ${escaped(group)}, whose roles are in no plan here: ${person(who, escaped)}`,
  );
}

/** What Terraform says, line by line. */
function said(message: string): readonly string[] {
  return message.trimEnd().split('\n').map(escaped);
}

function block(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
