import { Command, InvalidArgumentError } from 'commander';
import { accessFileOption } from './access-file-option';
import { withFindingsOk } from './findings-ok';
import { withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import type { RehearseOptions } from './run-rehearse';

/** Stacks at once without `--parallelism`: each takes about 0.75 GB of memory. */
const PARALLELISM = 2;

/** `eks-access rehearse`: tries a deployment with the user's own Terraform, without an account. */
export function rehearseCommand(): Command {
  const command = new Command('rehearse')
    .summary('try the deployment with your Terraform, without an account')
    .description(
      `Tries the whole deployment with your own Terraform or OpenTofu and the real providers, against a local Okta and a local AWS: it applies every stack, plans again, signs users in at real API servers whose settings Terraform made, and removes everything. No account is needed, and none is touched. Where the providers come from is your Terraform configuration. TERRAFORM_BINARY_NAME selects the program.

With --deployed, it deploys that file first, says what the change to the access file means, as plan does, and makes the change.

Exit code: 1 for wrong input, or if Terraform failed, a second plan is not empty, an answer differs from the file, or something is left after the removal; 2 if the change destroys or replaces something important, or by the rule of diff; otherwise 0.`,
    )
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .option('--deployed <file>', 'the access file that is deployed now')
    .option('--parallelism <number>', 'how many stacks run side by side', positive, PARALLELISM)
    .addHelpText('after', '\nExample:\n  $ eks-access rehearse --deployed deployed.config.ts')
    .action((options: RehearseOptions) => {
      // Loaded late: the other commands need none of it.
      const { runRehearse } = require('./run-rehearse') as typeof import('./run-rehearse');
      return runRehearse(options);
    });
  return withFindingsOk(withFormats(command, ['text', 'json']));
}

function positive(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number from 1 to 9999.');
}
