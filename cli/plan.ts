import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { AccessError } from '../constraints/access-error';
import { isGravePlan, planReview } from '../plan/plan-review';
import { readStackPlan, type StackPlan } from '../plan/stack-plan';
import { planJson, planText } from '../report/plan-text';
import { EXIT } from './exit-codes';
import { reportFindings, withFindingsOk } from './findings-ok';
import { jsonText, withFormats } from './formats';
import { printFormat } from './print';

interface PlanOptions {
  readonly format: string;
  readonly findingsOk?: boolean;
  readonly plan?: readonly string[];
}

/** `eks-access plan`: says what Terraform will do, and who gains and loses access by it. */
export function planCommand(): Command {
  const command = new Command('plan')
    .summary('say what Terraform will do, and what that means')
    .description(
      `Says what Terraform will do in each stack and in all together: what is replaced, destroyed, or forgotten and what that costs, who gains and who loses access, and what somebody changed by hand.

It reads plans that exist: what \`terraform show -json\` prints of each plan file. A file has the name of its stack, such as okta.json.

Exit code: 2 if Terraform destroys or replaces a cluster, an association, an app, an authorization server, a namespace, or a group, or by the rule of diff; 1 for wrong input, or a plan in which Terraform failed; otherwise 0.`,
    )
    .option('--plan <file...>', 'plans that exist, as terraform show -json prints them, or - for standard input')
    .addHelpText('after', '\nExample:\n  $ eks-access plan --plan okta.json rbac-prod.json')
    .action((options: PlanOptions) => {
      const plans = existingPlans(options.plan ?? []);
      const review = planReview(plans);
      const report = { review, unplanned: [] };
      printFormat(options.format, options.format === 'json' ? jsonText(planJson(report)) : planText(report));
      if (plans.some(({ failed }) => failed)) process.exitCode = EXIT.wrong;
      else reportFindings(isGravePlan(review), options);
    });
  return withFindingsOk(withFormats(command, ['text', 'json']));
}

/** Reads plans from files and standard input. */
function existingPlans(files: readonly string[]): readonly StackPlan[] {
  if (files.length === 0) throw new AccessError('Name the plans: plan --plan FILE….');
  const repeated = files.find((file, at) => files.findIndex((other) => stackOf(other) === stackOf(file)) !== at);
  if (repeated !== undefined) {
    throw new AccessError(
      `Two plans are for the stack ${stackOf(repeated)}, by the names of their files. Name each file after its stack.`,
    );
  }
  return files.map((file) =>
    file === '-'
      ? readStackPlan(contents(0, 'Standard input'), 'standard input', 'Standard input')
      : readStackPlan(contents(file, file), stackOf(file), file),
  );
}

/** The stack of a plan file, which has its name, such as `okta.json` or `okta.tfplan.json`. */
function stackOf(file: string): string {
  return basename(file).replace(/(\.(tf)?plan)?(\.json)?$/, '');
}

function contents(file: string | 0, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AccessError(`${name} could not be read: ${(error as Error).message}`);
  }
}
