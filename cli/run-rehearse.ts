import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import { type Access, AccessError } from '../model';
import { isGravePlan } from '../plan/plan-review';
import { type Rehearsal, rehearsalSucceeded } from '../plan/rehearsal';
import { errorsOf, initialized } from '../plan/run/init-stack';
import type { Terraform } from '../plan/run/terraform';
import { rehearsalJson, rehearsalText } from '../report/rehearsal-text';
import { CHROMIUM, GO, KUBECTL, missingTools, PYTHON } from '../sandbox/missing-tools';
import { createPrivateFolder } from '../sandbox/private-folder';
import { startRehearsalWorld } from '../sandbox/rehearse/rehearsal-world';
import { type RehearsalProps, rehearse } from '../sandbox/rehearse/rehearse';
import { findChromium } from '../sandbox/sign-in/chromium';
import { readStacks } from '../sandbox/synthesized/read-stacks';
import { buildTools, toolsAreBuilt } from '../sandbox/tools/build-tools';
import { awsTools, awsToolsAreInstalled } from '../sandbox/tools/python-environment';
import { synthesizeStacks } from '../synthesize-access';
import { EXIT } from './exit-codes';
import { reportFindings } from './findings-ok';
import { jsonText } from './formats';
import { printError, printFormat } from './print';
import { selectedProgram, withTerraform } from './selected-terraform';

export interface RehearseOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly deployed?: string;
  readonly format: string;
  readonly findingsOk?: boolean;
  readonly parallelism: number;
}

/** Rehearses a deployment, and prints what happened. */
export async function runRehearse(options: RehearseOptions): Promise<void> {
  const { file, inputFormat, parallelism, format } = options;
  const access = await loadAccessFile(file, inputFormat);
  const deployed = options.deployed === undefined ? undefined : await loadAccessFile(options.deployed);
  // Report all missing tools before building anything.
  selectedProgram();
  const chromium = findChromium();
  const missing = missingTools([
    KUBECTL,
    ...(toolsAreBuilt({}) ? [] : [GO]),
    ...(awsToolsAreInstalled() ? [] : [PYTHON]),
    ...(chromium === undefined ? [CHROMIUM] : []),
  ]);
  if (missing !== undefined || chromium === undefined) throw new AccessError(missing ?? '');
  const { path: folder, remove } = createPrivateFolder(false);
  try {
    const cache = join(folder, 'providers');
    await withTerraform({ folder, cache, env: environment() }, async ({ terraform, isEnding, ending }) => {
      const report = (line: string) => {
        if (!isEnding()) printError(`${line}\n`);
      };
      const steps = rehearsed({ access, deployed, chromium, folder, terraform, parallelism, report });
      // After a signal, nobody waits for its end: its programs end with this process.
      steps.catch(() => {});
      const rehearsal = await Promise.race([steps, ending]);
      if (rehearsal === undefined) return terraform.stop();
      printFormat(format, format === 'json' ? jsonText(rehearsalJson(rehearsal)) : rehearsalText(rehearsal));
      if (!rehearsalSucceeded(rehearsal)) process.exitCode = EXIT.wrong;
      else if (rehearsal.change !== undefined) reportFindings(isGravePlan(rehearsal.change.plan.review), options);
    });
  } finally {
    remove();
  }
}

interface RehearsedProps extends Pick<RehearsalProps, 'access' | 'deployed' | 'terraform' | 'parallelism' | 'report'> {
  readonly chromium: string;
  readonly folder: string;
}

async function rehearsed({ chromium, folder, ...props }: RehearsedProps): Promise<Rehearsal> {
  const { access, deployed, terraform, report } = props;
  report('looking for the providers');
  for (const each of [deployed, access]) if (each !== undefined) await findProviders(each, folder, terraform);
  const tools = await buildTools({ report });
  const aws = await awsTools({ report });
  const world = await startRehearsalWorld({ tools, aws, chromium, access });
  try {
    const work = rehearse({ ...props, world, synthesize: synthesizeStacks });
    work.catch(() => {});
    return await Promise.race([work, world.failed]);
  } finally {
    await world.close();
  }
}

/** The environment without what leads to real accounts, other clusters, or other states. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(AWS|OKTA|KUBE)_|^KUBECONFIG$|^TF_(CLI_ARGS|DATA_DIR|VAR_|WORKSPACE)/.test(name),
    ),
  );
}

/** Fails early if Terraform cannot install the providers, of which each kind of stack has its own. */
async function findProviders(access: Access, folder: string, terraform: Terraform): Promise<void> {
  const outdir = mkdtempSync(join(folder, 'providers-'));
  synthesizeStacks({ ...access, backend: 'local' }, outdir);
  const names = Object.keys(readStacks(outdir));
  const kinds = new Map(names.map((name) => [name.split('-')[0], name]));
  for (const name of kinds.values()) {
    const init = await initialized(terraform, { folder: join(outdir, 'stacks', name) });
    if (init.ok) continue;
    throw new AccessError(
      `Terraform could not install the providers of the stack ${name}. It takes them from where its configuration says: provider_installation in the file of TF_CLI_CONFIG_FILE, or in ~/.terraformrc; by default, from the registry.\n${errorsOf(init)}`,
    );
  }
}
