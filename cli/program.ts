import { Command } from 'commander';
import { canICommand } from './can-i';
import { checkCommand } from './check';
import { completionCommand } from './completion';
import { diffCommand } from './diff';
import { explainCommand } from './explain';
import { matrixCommand } from './matrix';

/** The program `eks-access` with all its commands. */
export function eksAccess(): Command {
  const program = new Command('eks-access')
    .description('Reports who may do what on which cluster, from the access file.')
    .addHelpText(
      'after',
      '\nThe environment variable ACCESS_CONFIG selects the access file (default: access.config.ts).',
    );
  for (const command of [checkCommand(), matrixCommand(), diffCommand(), canICommand(), explainCommand()]) {
    program.addCommand(command);
  }
  return program.addCommand(completionCommand(program));
}
