import { Command } from 'commander';
import { withoutTokens } from '../constraints/without-tokens';
import { canICommand } from './can-i';
import { checkCommand } from './check';
import { completionCommand } from './completion';
import { diffCommand } from './diff';
import { doctorCommand } from './doctor';
import { explainCommand } from './explain';
import { flagsCommand } from './flags';
import { historyCommand } from './history';
import { kubeconfigCommand } from './kubeconfig';
import { matrixCommand } from './matrix';
import { pathsCommand } from './paths';
import { planCommand } from './plan';
import { portalCommand } from './portal';
import { proveCommand } from './prove';
import { rehearseCommand } from './rehearse';
import { revokeCommand } from './revoke';
import { sandboxCommand } from './sandbox';
import { startCommand } from './start';
import { synthCommand } from './synth';
import { tokenCommand } from './token';
import { whoCanCommand } from './who-can';

/** Every command, in the order of the help; a new one is added here. */
const COMMANDS: readonly (() => Command)[] = [
  startCommand,
  synthCommand,
  proveCommand,
  sandboxCommand,
  checkCommand,
  matrixCommand,
  diffCommand,
  planCommand,
  rehearseCommand,
  canICommand,
  explainCommand,
  whoCanCommand,
  pathsCommand,
  historyCommand,
  kubeconfigCommand,
  portalCommand,
  doctorCommand,
  flagsCommand,
  tokenCommand,
  revokeCommand,
];

/** The program `eks-access` with all its commands. */
export function eksAccess(version: string): Command {
  const program = new Command('eks-access')
    .description('Makes, proves, and reports who may do what on which cluster, from the access file.')
    .version(version, '-V, --version', 'print the version')
    .addHelpText(
      'after',
      `
The environment variable ACCESS_CONFIG selects the access file
(default: access.config.ts).

Exit codes:
  0  success
  1  wrong input, or a proof that differs
  2  findings, such as warnings (0 with --findings-ok)`,
    );
  for (const command of COMMANDS) program.addCommand(command());
  program.addCommand(completionCommand(program));
  hideTokens(program);
  return program;
}

/** Errors repeat wrong arguments, and somebody may have given a token there. */
function hideTokens(command: Command): void {
  command.configureOutput({ outputError: (text, write) => write(withoutTokens(text)) });
  for (const subcommand of command.commands) hideTokens(subcommand as Command);
}
