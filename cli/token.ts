import { Command } from 'commander';
import { tokenExplainCommand } from './token-explain';
import { tokenPreviewCommand } from './token-preview';

/** `eks-access token`: the commands about ID tokens. */
export function tokenCommand(): Command {
  return new Command('token')
    .summary('explain an ID token, or preview the one that Okta would issue')
    .description('Commands about ID tokens. None of them prints a token, or writes it anywhere.')
    .addCommand(tokenExplainCommand())
    .addCommand(tokenPreviewCommand())
    .addHelpText(
      'after',
      '\nExamples:\n  $ eks-access token explain --cache --aws\n  $ eks-access token preview --login ana@example.com',
    );
}
