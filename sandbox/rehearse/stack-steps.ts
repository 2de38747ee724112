import type { StackOutcome } from '../../plan/rehearsal';
import { errorsOf, initialized } from '../../plan/run/init-stack';
import type { StackToPlan } from '../../plan/run/plan-stacks';
import type { Terraform } from '../../plan/run/terraform';

export interface StackStepsProps {
  readonly stacks: readonly StackToPlan[];
  readonly terraform: Terraform;
  /** How many stacks run side by side. */
  readonly parallelism: number;
  readonly report: (line: string) => void;
}

/** Applies stacks, each after those that it depends on. What depends on a stack that fails is left out. */
export function applyStacks(props: StackStepsProps): Promise<readonly StackOutcome[]> {
  return inOrder(
    props,
    ({ dependencies }) => dependencies,
    (stack) => changed(stack, props, 'apply'),
  );
}

/** Destroys stacks, each after those that depend on it. */
export function destroyStacks(props: StackStepsProps): Promise<readonly StackOutcome[]> {
  const dependents = ({ name }: StackToPlan) =>
    props.stacks.filter(({ dependencies }) => dependencies.includes(name)).map((stack) => stack.name);
  return inOrder(props, dependents, (stack) => changed(stack, props, 'destroy'));
}

async function changed(
  stack: StackToPlan,
  { terraform, report }: StackStepsProps,
  command: 'apply' | 'destroy',
): Promise<StackOutcome> {
  const { name, folder, variables } = stack;
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const init = await initialized(terraform, stack);
  const run = init.ok
    ? await terraform.run(folder, [command, '-no-color', '-input=false', '-auto-approve'], variables)
    : init;
  if (!run.ok) {
    report(`${name}: failed`);
    return { stack: name, seconds: seconds(), message: errorsOf(run) };
  }
  const [, resources = 'nothing to do'] = run.stdout.match(/(?:Apply|Destroy) complete! Resources: (.*)\./) ?? [];
  report(`${name}: ${resources}, in ${seconds().toFixed(1)} s`);
  return { stack: name, seconds: seconds(), resources };
}

/** Runs stacks after those that come before them, otherwise side by side. Those after a failure are left out. */
async function inOrder(
  { stacks, parallelism }: StackStepsProps,
  before: (stack: StackToPlan) => readonly string[],
  run: (stack: StackToPlan) => Promise<StackOutcome>,
): Promise<readonly StackOutcome[]> {
  const outcomes = new Map<string, StackOutcome>();
  const names = new Set(stacks.map(({ name }) => name));
  const waiting = new Set(stacks);
  const running = new Set<Promise<void>>();
  const startReady = () => {
    for (const stack of waiting) {
      const needed = before(stack).filter((name) => names.has(name));
      const failed = needed.find((name) => outcomes.has(name) && outcomes.get(name)?.resources === undefined);
      if (failed !== undefined) {
        waiting.delete(stack);
        const cause = outcomes.get(failed)?.leftOutBy ?? failed;
        outcomes.set(stack.name, { stack: stack.name, seconds: 0, leftOutBy: cause });
        // Others may wait for this one.
        return startReady();
      }
      if (running.size >= parallelism || !needed.every((name) => outcomes.has(name))) continue;
      waiting.delete(stack);
      const task = run(stack).then((outcome) => {
        outcomes.set(stack.name, outcome);
        running.delete(task);
      });
      running.add(task);
    }
  };
  for (startReady(); running.size > 0; startReady()) await Promise.race(running);
  return [...outcomes.values()];
}
