import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStackPlan, type StackPlan } from '../../plan/stack-plan';

/**
 * Folders of plans that Terraform 1.11 made with the real providers (okta 4.20, kubernetes 2.38, aws 6.25) on states
 * without a refresh; in `applied`, on a world that was applied, with a refresh. What no command reads is left out, and
 * names are changed.
 */
export const PLANS = join(__dirname, 'plans');

/** The files of a case; for a stack in which it changes nothing, the file of `same`. */
export function planFiles(name: string): readonly string[] {
  const own = readdirSync(join(PLANS, name));
  const all = name.startsWith('applied/') ? own : readdirSync(join(PLANS, 'same'));
  return all.map((file) => join(PLANS, own.includes(file) ? name : 'same', file));
}

/** The plans of a case. */
export function plansOf(name: string): readonly StackPlan[] {
  return planFiles(name).map((file) => readStackPlan(readFileSync(file, 'utf8'), stackOf(file), file));
}

/** The plan of one change, written by hand: what the format says, without a run of Terraform. */
export function planByHand(stack: string, parts: Readonly<Record<string, unknown>>): StackPlan {
  return readStackPlan(JSON.stringify({ format_version: '1.2', planned_values: {}, ...parts }), stack, stack);
}

/** One change of an object in a plan that is written by hand. */
export function change(type: string, actions: readonly string[], before: unknown, after: unknown) {
  return { address: `${type}.x`, mode: 'managed', type, change: { actions, before, after } };
}

function stackOf(file: string): string {
  return (file.split('/').at(-1) as string).replace('.json', '');
}
