import { Argument, Command } from 'commander';
import { bashCompletion, fishCompletion, zshCompletion } from './completion-scripts';
import { print } from './print';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `eks-access completion`: prints a script with which a shell completes commands and options of the program. */
export function completionCommand(program: Command): Command {
  return new Command('completion')
    .summary('print a shell completion script')
    .description('Prints a completion script for a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SCRIPTS)))
    .addHelpText(
      'after',
      '\nExamples:\n  $ eval "$(eks-access completion bash)"\n  $ eks-access completion fish > ~/.config/fish/completions/eks-access.fish',
    )
    .action((shell: keyof typeof SCRIPTS) => print(SCRIPTS[shell](program)));
}
