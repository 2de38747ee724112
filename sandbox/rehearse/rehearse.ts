import { join } from 'node:path';
import type { Access } from '../../model';
import { allClusters } from '../../model/derived/access';
import { planReview } from '../../plan/plan-review';
import { allSucceeded, type LeftToPlan, type Rehearsal, type RehearsedApply } from '../../plan/rehearsal';
import { type PlannedStacks, planStacks, type StackToPlan } from '../../plan/run/plan-stacks';
import type { Terraform } from '../../plan/run/terraform';
import { readStacks } from '../synthesized/read-stacks';
import { rehearsalStacks } from './rehearsal-stacks';
import type { RehearsalWorld } from './rehearsal-world';
import { applyStacks, destroyStacks } from './stack-steps';
import { withoutProtection } from './without-protection';

export interface RehearsalProps {
  /** What the file says. */
  readonly access: Access;
  /** What is deployed before. @default - nothing */
  readonly deployed?: Access;
  readonly world: RehearsalWorld;
  readonly terraform: Terraform;
  /** Writes the stacks of a file into a new folder. */
  readonly synthesize: (access: Access, outdir: string) => void;
  /** How many stacks run side by side. */
  readonly parallelism: number;
  readonly report: (line: string) => void;
}

/** Applies a file, changes it to another one, and removes everything, with Terraform in the world of the rehearsal. */
export async function rehearse(props: RehearsalProps): Promise<Rehearsal> {
  const { access, deployed, report } = props;
  report(`deploying ${deployed === undefined ? 'the file' : 'the deployed file'}`);
  const first = await synthesized(deployed ?? access, 'first', props);
  const deployment = await applied(deployed ?? access, first, props);
  if (!allSucceeded(deployment.stacks)) return { deployment };
  if (deployed === undefined) return { deployment, removal: await removed(access, props) };
  report('changing it to the file');
  const second = await synthesized(access, 'second', props);
  const planned = await planStacks({ stacks: second, ...props });
  const plan = { review: planReview(planned.plans, unfinishedOf(planned)), unplanned: planned.unplanned };
  const change = { ...(await applied(access, second, props)), plan };
  if (!allSucceeded(change.stacks)) return { deployment, change };
  return { deployment, change, removal: await removed(access, props) };
}

function unfinishedOf({ unplanned }: PlannedStacks) {
  return unplanned.flatMap(({ unfinished }) => unfinished ?? []);
}

/** The stacks of a file, with the state that all of them share in the private folder. */
async function synthesized(
  access: Access,
  name: string,
  { world, synthesize }: RehearsalProps,
): Promise<readonly StackToPlan[]> {
  const outdir = join(world.folder, name);
  synthesize({ ...access, backend: 'local' }, outdir);
  await world.prepare(access, readStacks(outdir));
  return rehearsalStacks(outdir, access, world);
}

async function applied(access: Access, stacks: readonly StackToPlan[], props: RehearsalProps): Promise<RehearsedApply> {
  const outcomes = await applyStacks({ ...props, stacks });
  if (!allSucceeded(outcomes)) return { stacks: outcomes };
  props.report('planning again');
  const secondPlan = leftToPlan(await planStacks({ ...props, stacks, report: () => {} }));
  props.report('signing people in');
  return { stacks: outcomes, secondPlan, proof: await props.world.prove(access) };
}

function leftToPlan({ plans, unplanned }: PlannedStacks): readonly LeftToPlan[] {
  return [
    ...plans.flatMap(({ stack, changes, message }) => [
      ...changes
        .filter(({ action }) => action !== 'none' && action !== 'read')
        .map(({ action, address }) => ({ stack, what: `${action} ${address}` })),
      ...(message === undefined ? [] : [{ stack, what: message }]),
    ]),
    ...unplanned.map(({ stack, message }) => ({ stack, what: message })),
  ];
}

/** Removes everything as the documentation says: it lifts the protection, and destroys from the end to the beginning. */
async function removed(access: Access, props: RehearsalProps): Promise<Rehearsal['removal']> {
  props.report('removing everything');
  const unprotected = await synthesized(withoutProtection(access), 'removal', props);
  const protectedKeys = allClusters(access)
    .filter(({ settings }) => 'deletionProtection' in settings && settings.deletionProtection)
    .map(({ key }) => `cluster-${key}`);
  // Only EKS has protection of its own, which has to go first.
  const lifted = await applyStacks({
    ...props,
    stacks: unprotected.filter(({ name }) => protectedKeys.includes(name)),
  });
  const destroyed = allSucceeded(lifted) ? await destroyStacks({ ...props, stacks: unprotected }) : [];
  return { unprotected: lifted, destroyed, left: props.world.left() };
}
