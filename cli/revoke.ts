import { Command } from 'commander';
import { accessFileOption } from './access-file-option';
import { withFindingsOk } from './findings-ok';
import { withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import type { RevokeOptions } from './run-revoke';

/** `eks-access revoke`: what ending somebody's access takes, and the part of it that Okta does. */
export function revokeCommand(): Command {
  const command = new Command('revoke')
    .summary("end a person's access: what it takes, what ends when, and what stays")
    .description(
      `Says what ending the access of a person takes: what each step ends and when, which memberships come from which line or rule, what stays on the clusters, and what acts at once. Nothing is changed without --yes.

Credentials for Okta are those of the Terraform provider, from the environment: OKTA_API_TOKEN; or OKTA_API_CLIENT_ID, OKTA_API_PRIVATE_KEY, and OKTA_API_SCOPES; or OKTA_ACCESS_TOKEN. Without them, the answer comes from the access file, and says what could not be checked.

Exit code: 2 if something is left, such as a membership that the next apply brings back, or could not be checked; 1 for wrong input, missing rights, or a step that failed; otherwise 0.`,
    )
    .argument('<login>', 'the login of the person in Okta')
    .option('--suspend', 'suspend the person, before everything else')
    .option(
      '--yes',
      'end the sessions with their tokens, and remove the memberships that neither the access file nor a rule owns',
    )
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ eks-access revoke ana@example.com\n  $ eks-access revoke ana@example.com --suspend --yes',
    )
    .action((login: string, options: RevokeOptions) => {
      // Loaded late: the other commands need none of it.
      const { runRevoke } = require('./run-revoke') as typeof import('./run-revoke');
      return runRevoke(login, options);
    });
  return withFindingsOk(withFormats(command, ['text', 'json']));
}
