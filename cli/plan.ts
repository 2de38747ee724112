import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { AccessError } from '../constraints/access-error';
import { escaped } from '../constraints/finding';
import { didYouMean, nameList } from '../constraints/nearest-name';
import { isGravePlan, planReview } from '../plan/plan-review';
import { type PlannedStacks, planStacks } from '../plan/run/plan-stacks';
import { readStackPlan, type StackPlan } from '../plan/stack-plan';
import { planJson, planText } from '../report/plan-text';
import { readStacks } from '../sandbox/synthesized/read-stacks';
import { EXIT } from './exit-codes';
import { reportFindings, withFindingsOk } from './findings-ok';
import { jsonText, withFormats } from './formats';
import { printError, printFormat } from './print';
import { withTerraform } from './selected-terraform';

interface PlanOptions {
  readonly format: string;
  readonly findingsOk?: boolean;
  readonly plan?: readonly string[];
  readonly out?: string;
  readonly parallelism?: number;
}

/** Plans at once without `--parallelism`: each takes about 0.75 GB of memory. */
const PARALLELISM = 2;

/** `eks-access plan`: says what Terraform will do, and who gains and loses access by it. */
export function planCommand(): Command {
  const command = new Command('plan')
    .summary('say what Terraform will do, and what that means')
    .description(
      `Says what Terraform will do in each stack and in all together: what is replaced, destroyed, or forgotten and what that costs, who gains and who loses access, and what somebody changed by hand. It runs Terraform or OpenTofu in the synthesized stacks (cdktf.out, or CDKTF_OUTDIR) with the credentials of the environment, and applies nothing. TERRAFORM_BINARY_NAME selects the program.

With --plan, it reads plans that exist and runs nothing: what terraform show -json prints of each plan file. A file has the name of its stack, such as okta.json.

Exit code: 2 if Terraform destroys or replaces a cluster, an association, an app, an authorization server, a namespace, or a group, or refuses to because it is protected, or by the rule of diff; 1 for wrong input, or if Terraform failed for another reason; otherwise 0.`,
    )
    .argument('[stack...]', 'the stacks; all if omitted')
    .option('--plan <file...>', 'plans that exist, as terraform show -json prints them, or - for standard input')
    .option('--out <folder>', 'keep the plans there: <stack>.tfplan and <stack>.json. They can contain secrets')
    .option('--parallelism <number>', `how many plans run side by side (default: ${PARALLELISM})`, positive)
    .addHelpText(
      'after',
      '\nExamples:\n  $ eks-access plan\n  $ eks-access plan okta rbac-prod --out plans\n  $ eks-access plan --plan plans/okta.json plans/rbac-prod.json',
    )
    .action(async (stacks: readonly string[], options: PlanOptions) => {
      const { plans, unplanned } = await plansFor(stacks, options);
      const review = planReview(
        plans,
        unplanned.flatMap(({ unfinished }) => unfinished ?? []),
      );
      const report = { review, unplanned };
      printFormat(options.format, options.format === 'json' ? jsonText(planJson(report)) : planText(report));
      if (plans.some((plan) => plan.failed) || unplanned.some(({ after }) => after === undefined)) {
        process.exitCode = EXIT.wrong;
      }
      // A plan that Terraform refuses is a finding, too.
      reportFindings(isGravePlan(review), options);
    });
  return withFindingsOk(withFormats(command, ['text', 'json']));
}

function positive(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number from 1 to 9999.');
}

async function plansFor(stacks: readonly string[], options: PlanOptions): Promise<PlannedStacks> {
  if (options.plan === undefined) return plannedNow(stacks, options);
  const unused = [
    ...(stacks.length > 0 ? ['names of stacks'] : []),
    ...(options.out === undefined ? [] : ['--out']),
    ...(options.parallelism === undefined ? [] : ['--parallelism']),
  ];
  if (unused.length > 0) throw new AccessError(`--plan reads plans that exist: leave out ${unused.join(' and ')}.`);
  return { plans: existingPlans(options.plan), unplanned: [] };
}

/** Runs Terraform in the synthesized stacks. */
async function plannedNow(
  names: readonly string[],
  { out, parallelism = PARALLELISM }: PlanOptions,
): Promise<PlannedStacks> {
  const outdir = resolve(process.env.CDKTF_OUTDIR || 'cdktf.out');
  const synthesized = readStacks(outdir);
  for (const name of names) synthesizedStack(name, Object.keys(synthesized));
  return withTerraform({ folder: outdir, cache: join(outdir, '.plugin-cache') }, ({ terraform, isEnding }) =>
    planStacks({
      stacks: (names.length > 0 ? [...new Set(names)] : Object.keys(synthesized)).map((name) => ({
        name,
        dependencies: synthesized[name]?.dependencies ?? [],
        folder: join(outdir, 'stacks', name),
      })),
      ...{ terraform, parallelism, out },
      report: (line) => {
        if (!isEnding()) printError(`${line}\n`);
      },
    }),
  );
}

function synthesizedStack(name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const fix = name === '-' || existsSync(name) ? ' To read a plan that exists, write --plan before it.' : '';
  throw new AccessError(
    `No stack '${escaped(name)}' is synthesized.${didYouMean(name, names)} There are ${nameList(names)}.${fix}`,
  );
}

/** Reads plans from files and standard input. */
function existingPlans(files: readonly string[]): readonly StackPlan[] {
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
