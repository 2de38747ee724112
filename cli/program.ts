import { Command } from 'commander';
import { canICommand } from './can-i';
import { checkCommand } from './check';
import { completionCommand } from './completion';
import { diffCommand } from './diff';
import { explainCommand } from './explain';
import { matrixCommand } from './matrix';

/** The command `eks-access` with all of its commands. */
export function eksAccess(): Command {
  const program = new Command('eks-access')
    .description('Proves and reports who may do what on which cluster, from the access file.')
    .addHelpText('after', '\nACCESS_CONFIG selects the access file, otherwise it is access.config.ts.');
  for (const command of [checkCommand(), matrixCommand(), diffCommand(), canICommand(), explainCommand()]) {
    program.addCommand(command);
  }
  return program.addCommand(completionCommand(program));
}
