import { Command } from 'commander';
import { accessFileOption } from './access-file-option';
import { inputFormatOption } from './input-format-option';
import { keyOption } from './key-option';
import type { SandboxOptions } from './run-sandbox';

/** How many clusters get an API server if none are named: each needs memory. */
const DEFAULT_CLUSTERS = 3;

/** `eks-access sandbox`: a local Okta and real API servers, in which users sign in for real. */
export function sandboxCommand(): Command {
  return new Command('sandbox')
    .summary('sign in for real, with a local Okta and real API servers')
    .description('Signs users in for real, with a local Okta and real API servers for the clusters of the access file.')
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .option('--check', 'run the whole proof without a user, then exit')
    .addOption(
      keyOption('cluster', `a cluster that gets an API server (default: the first ${DEFAULT_CLUSTERS} of the file)`),
    )
    .option(
      '--people <file>',
      'a JSON or YAML file with your own users (default: one user in each group, and one in none)',
    )
    .option('--apis', 'serve the APIs of Okta and AWS too, for Terraform, the AWS CLI, and SDKs')
    .option('--keep', 'keep the private folder with logs, keys, and state')
    .addHelpText('after', '\nExample:\n  $ eks-access sandbox --check --cluster prod')
    .action((options: SandboxOptions) => {
      // Loaded late: the other commands need none of it.
      const { runSandbox } = require('./run-sandbox') as typeof import('./run-sandbox');
      return runSandbox(options, DEFAULT_CLUSTERS);
    });
}
