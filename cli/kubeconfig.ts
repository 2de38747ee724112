import { Command, Option } from 'commander';
import { accessFileOption } from './access-file-option';
import { collected } from './collected';
import { withFindingsOk } from './findings-ok';
import { withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { keyOption } from './key-option';
import { withLiveOptions } from './live-options';
import type { KubeconfigOptions } from './run-kubeconfig';

/** `eks-access kubeconfig`: what a person needs to sign in with kubectl. */
export function kubeconfigCommand(): Command {
  const command = new Command('kubeconfig')
    .summary('make, merge, or check the kubeconfig with which people sign in')
    .description(
      `Makes the kubeconfig with which people sign in through Okta: a context per cluster, and a user entry per app, which runs kubelogin. It contains no secret. It comes from the access file, with what only Okta and AWS know from options, from files with outputs of the stacks, and, with --aws, from AWS; or from a published portal.

Exit code: 2 if --check finds a problem, or if the policy of --kuberc refuses every plugin; 1 for wrong input; otherwise 0.`,
    )
    .addOption(keyOption('cluster', 'a cluster (default: every cluster of which everything is known)'))
    .addOption(
      new Option('--group <group>', 'only clusters on which a group has access; repeat it or use commas for more')
        .argParser(collected)
        .conflicts('login'),
    )
    .option('--login <login>', 'only clusters on which a person has access, as far as the access file lists them')
    .addOption(new Option('--out <file>', 'write a file of its own').conflicts(['merge', 'check', 'print']))
    .addOption(
      new Option('--merge <file>', 'merge into a kubeconfig, and keep its other entries').conflicts(['check', 'print']),
    )
    .option('--replace', 'with --merge: replace entries of the same names that are for something else')
    .addOption(
      new Option('--check <file>', 'say for each context of a kubeconfig whether it is still right').conflicts('print'),
    )
    .addOption(new Option('--print <what>', 'print commands of kubectl that make the entries').choices(['commands']))
    .addOption(new Option('--shell <shell>', 'the shell of --print (default: sh)').choices(['sh', 'powershell']))
    .option(
      '--context-format <format>',
      'names of the contexts, with {cluster}, {app}, and {organization} (default: {cluster})',
    )
    .option('--device-code', 'sign in with a code on another device, for a machine without a browser')
    .option('--keyring', 'keep tokens in the keyring of the operating system, not in files')
    .option('--kuberc [file]', "allow the plugin in kubectl's preferences (default: KUBERC, or ~/.kube/kuberc)")
    .addOption(
      new Option('--portal <url>', 'take everything from a published portal').conflicts([
        ...['login', 'file', 'inputFormat', 'outputs', 'aws', 'clientId', 'endpoint', 'certificateAuthority'],
      ]),
    )
    .option('--portal-ca <file>', 'with --portal: a PEM file with the private certificate authority of its server')
    .addOption(
      new Option(
        '--allow-endpoint <host>',
        "with --portal: an API server outside EKS' domains; repeat it for more",
      ).argParser(collected),
    )
    .option('--yes', 'with --portal: confirm its issuer and its API servers without a question')
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText(
      'after',
      `
Examples:
  $ eks-access kubeconfig --outputs outputs.json --merge ~/.kube/config
  $ eks-access kubeconfig --portal https://access.example.com/ --merge ~/.kube/config
  $ eks-access kubeconfig --aws --check ~/.kube/config`,
    )
    .action((options: KubeconfigOptions) => {
      // Loaded late: the other commands need none of it.
      const { runKubeconfig } = require('./run-kubeconfig') as typeof import('./run-kubeconfig');
      return runKubeconfig(options);
    });
  return withFindingsOk(withFormats(withLiveOptions(command), ['yaml', 'json']));
}
