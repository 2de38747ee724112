import type { AccessProof } from '../model/review/access-proof';
import type { PlanReview } from './plan-review';
import type { UnplannedStack } from './stack-plan';

/** What became of a stack. */
export interface StackOutcome {
  readonly stack: string;
  readonly seconds: number;
  /** What Terraform counts at the end, such as `5 added, 0 changed, 0 destroyed`. @default - it failed */
  readonly resources?: string;
  /** What Terraform says about its error. @default - it succeeded, or was not run */
  readonly message?: string;
  /** The stack whose failure left it out. @default - it was run */
  readonly leftOutBy?: string;
}

/** What the plans of a change mean. */
export interface RehearsedPlan {
  readonly review: PlanReview;
  readonly unplanned: readonly UnplannedStack[];
}

/** What a second plan would still change. */
export interface LeftToPlan {
  readonly stack: string;
  /** Such as `update okta_group.Group_admins`; or what Terraform says about an error. */
  readonly what: string;
}

/** A file that was applied. */
export interface RehearsedApply {
  readonly stacks: readonly StackOutcome[];
  /** Empty if the second plan is empty. @default - no second plan, because a stack failed */
  readonly secondPlan?: readonly LeftToPlan[];
  /** @default - nobody signed in, because a stack failed */
  readonly proof?: AccessProof;
}

/** A deployment that was tried from its beginning to its end. */
export interface Rehearsal {
  /** The first file: the deployed one if there is one. */
  readonly deployment: RehearsedApply;
  /** The change to the new file, with what its plan means. @default - one file, or the deployment failed */
  readonly change?: RehearsedApply & { readonly plan: RehearsedPlan };
  /** @default - not tried, because something before it failed */
  readonly removal?: {
    /** Stacks that were applied to lift protection. */
    readonly unprotected: readonly StackOutcome[];
    readonly destroyed: readonly StackOutcome[];
    /** What is left, in words. */
    readonly left: readonly string[];
  };
}

/** Whether everything worked: every stack, empty second plans, every proof, and a removal that leaves nothing. */
export function rehearsalSucceeded({ deployment, change, removal }: Rehearsal): boolean {
  const applies = change === undefined ? [deployment] : [deployment, change];
  return (
    applies.every(applySucceeded) &&
    removal !== undefined &&
    allSucceeded([...removal.unprotected, ...removal.destroyed]) &&
    removal.left.length === 0
  );
}

function applySucceeded({ stacks, secondPlan, proof }: RehearsedApply): boolean {
  return allSucceeded(stacks) && secondPlan?.length === 0 && proof?.differences.length === 0;
}

/** Whether every stack ended well. */
export function allSucceeded(outcomes: readonly StackOutcome[]): boolean {
  return outcomes.every(({ resources }) => resources !== undefined);
}
