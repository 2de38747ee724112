import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import { readStackPlan, type StackPlan, type UnplannedStack, withState } from '../stack-plan';
import { errorsOf, initialized } from './init-stack';
import type { Terraform, TerraformRun } from './terraform';

/** A stack to plan. */
export interface StackToPlan {
  readonly name: string;
  /** The stacks that are applied before it. */
  readonly dependencies: readonly string[];
  /** The folder with its synthesized file. */
  readonly folder: string;
  /** Variables of the environment for this stack alone. @default - none */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

export interface PlanStacksProps {
  readonly stacks: readonly StackToPlan[];
  readonly terraform: Terraform;
  /** How many plans run side by side. */
  readonly parallelism: number;
  /** The folder that keeps the plans. @default - none: they are removed */
  readonly out?: string;
  /** Tells the progress. */
  readonly report: (line: string) => void;
}

export interface PlannedStacks {
  readonly plans: readonly StackPlan[];
  readonly unplanned: readonly UnplannedStack[];
}

type Result = StackPlan | UnplannedStack;

/** Plans stacks with Terraform: each after the stacks that it depends on, otherwise side by side. */
export async function planStacks(props: PlanStacksProps): Promise<PlannedStacks> {
  const { stacks, out } = props;
  // Plans have values of the state: mkdtemp creates the folder with mode 0700.
  const folder = mkdtempSync(join(tmpdir(), 'okta-eks-access-'));
  const results = new Map<string, Promise<Result>>();
  try {
    if (out !== undefined) made(out);
    const inits = limited(1);
    const plans = limited(props.parallelism);
    const byName = new Map(stacks.map((stack) => [stack.name, stack]));
    const start = (stack: StackToPlan): Promise<Result> => {
      const known = results.get(stack.name);
      if (known !== undefined) return known;
      const before = stack.dependencies.flatMap((name) => byName.get(name) ?? []).map(start);
      const result = Promise.all(before).then(() => plans(() => planOf(stack, folder, props, inits, results)));
      results.set(stack.name, result);
      return result;
    };
    const all = await Promise.all(stacks.map(start));
    return { plans: all.filter(isPlan), unplanned: all.flatMap((result) => (isPlan(result) ? [] : [result])) };
  } finally {
    // After an error, other plans may still be running.
    await Promise.allSettled(results.values());
    rmSync(folder, { recursive: true, force: true });
  }
}

function made(out: string): void {
  try {
    mkdirSync(out, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AccessError(`No plan can be kept in ${out}: ${(error as Error).message}`);
  }
}

function isPlan(result: Result): result is StackPlan {
  return 'changes' in result;
}

type Limited = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** Runs at most this many pieces of work at once. */
function limited(most: number): Limited {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

async function planOf(
  stack: StackToPlan,
  folder: string,
  props: PlanStacksProps,
  inits: Limited,
  results: ReadonlyMap<string, Promise<Result>>,
): Promise<Result> {
  const { terraform, report } = props;
  const { name } = stack;
  const file = join(folder, `${name}.tfplan`);
  const started = performance.now();
  // Terraform's cache of providers allows one init at a time.
  const init = await inits(() => initialized(terraform, stack));
  if (!init.ok) return { stack: name, message: errorsOf(init) };
  const planned = await terraform.run(
    stack.folder,
    ['plan', '-no-color', '-input=false', `-out=${file}`],
    stack.variables,
  );
  if (!planned.ok) {
    const after = await stackToApply(stack, planned, results);
    report(after === undefined ? `${name}: failed` : `${name}: can be planned after ${after}`);
    const unfinished = await kept(stack, file, props, errorsOf(planned));
    return after === undefined && isPlan(unfinished)
      ? unfinished
      : { stack: name, after, message: errorsOf(planned), ...(isPlan(unfinished) && { unfinished }) };
  }
  const result = await kept(stack, file, props);
  if (isPlan(result)) report(`${name}: planned in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

/** Reads a plan, and keeps it where asked. */
async function kept(
  { name, folder, variables }: StackToPlan,
  file: string,
  { terraform, out }: PlanStacksProps,
  message?: string,
): Promise<Result> {
  const shown = await terraform.run(folder, ['show', '-json', '-no-color', file], variables);
  if (!shown.ok) return { stack: name, message: errorsOf(shown) };
  if (out !== undefined) keep(out, name, file, shown.stdout);
  const plan = readStackPlan(shown.stdout, name, `The plan of ${name}`, message);
  const hasPeople = plan.changes.some(({ type, action }) => type === 'okta_group_memberships' && action !== 'none');
  if (!hasPeople) return plan;
  const state = await terraform.run(folder, ['show', '-json', '-no-color'], variables);
  return withState(plan, state.stdout);
}

/** Writes a plan, which can have secrets of the state, so that only its owner can read it. */
function keep(out: string, stack: string, plan: string, json: string): void {
  try {
    const [kept, text] = [join(out, `${stack}.tfplan`), join(out, `${stack}.json`)];
    // A file that exists would keep its mode.
    for (const old of [kept, text]) rmSync(old, { force: true });
    chmodSync(plan, 0o600);
    copyFileSync(plan, kept);
    chmodSync(kept, 0o600);
    writeFileSync(text, json, { mode: 0o600 });
  } catch (error) {
    throw new AccessError(`The plan of ${stack} could not be kept in ${out}: ${(error as Error).message}`);
  }
}

const NO_STATE = /Unable to find remote state|No stored state was found/;

/** What Terraform says about a thing that another stack creates. */
const NOT_YET =
  /does not have an attribute named|couldn't find resource|No cluster found|ResourceNotFoundException|REST client|connection refused|no such host|no matches for kind/;

/** The stack whose apply creates what a plan did not find; undefined if Terraform failed for another reason. */
async function stackToApply(
  { dependencies }: StackToPlan,
  { stderr }: TerraformRun,
  results: ReadonlyMap<string, Promise<Result>>,
): Promise<string | undefined> {
  if (NO_STATE.test(stderr)) {
    const read = /data\.terraform_remote_state\.([\w-]+)/.exec(stderr)?.[1];
    return dependencies.find((name) => name === read) ?? dependencies[0];
  }
  if (!NOT_YET.test(stderr)) return undefined;
  for (const name of dependencies) {
    const result = await results.get(name);
    if (result === undefined) continue;
    const creates = isPlan(result)
      ? result.changes.some(({ action }) => action === 'create' || action === 'replace')
      : result.after !== undefined;
    if (creates) return name;
  }
  return undefined;
}
