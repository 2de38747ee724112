import { Command } from 'commander';
import { accessFileOption } from './access-file-option';
import { withFindingsOk } from './findings-ok';
import { withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { keyOption } from './key-option';
import { withFactOptions, withOktaOptions } from './live-options';
import type { DoctorOptions } from './run-doctor';

/** `eks-access doctor`: finds what keeps a person from signing in, or from what the access file gives them. */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .summary('find what breaks a sign-in, from the laptop to RBAC')
    .description(
      `Finds what keeps a person from signing in, or from what the access file gives them. It looks at every link in order: laptop, Okta, token, EKS, and RBAC. Each check is ok, a problem with its fix, or could not be made, and the last line names the first broken link. It only reads, with the rights that are there: those of the person, those of the AWS credentials of the environment, and those of an Okta administrator (OKTA_API_TOKEN, or a service app, as for Terraform). No token is printed, or written anywhere. Exit code: 2 if there is a problem.`,
    )
    .addOption(
      keyOption(
        'cluster',
        'a cluster of the access file (default: that of the context in use, otherwise every cluster)',
      ),
    )
    .option('--login <login>', 'the login in Okta of the person who cannot sign in (default: whoever the token is for)')
    .option('--sign-in', "sign in with kubelogin for a new token (default: the token in kubelogin's cache)")
    .option('--kubeconfig <file>', 'the kubeconfig (default: KUBECONFIG, otherwise ~/.kube/config)')
    .option('--context <context>', 'the context of the kubeconfig (default: the one in use)')
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText(
      'after',
      `
Examples:
  $ eks-access doctor --cluster prod --outputs outputs.json
  $ eks-access doctor --cluster prod --login ana@example.com --sign-in`,
    )
    .action((options: DoctorOptions) => {
      // Loaded late: the other commands need none of it.
      const { runDoctor } = require('./run-doctor') as typeof import('./run-doctor');
      return runDoctor(options);
    });
  return withFindingsOk(withFormats(withFactOptions(withOktaOptions(command)), ['text', 'json']));
}
