import { Command } from 'commander';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import { whoCan } from '../model/review/who-can';
import { whoCanText } from '../report/who-can-text';
import { accessFileOption } from './access-file-option';
import { jsonText, withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { keyOption } from './key-option';
import { knownMember } from './known-name';
import { printFormat } from './print';
import { type PlaceOptions, resourceRequest, withPlace } from './request-options';

interface WhoCanOptions extends PlaceOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: string;
  readonly cluster?: readonly string[];
}

/** `eks-access who-can`: everybody who may do something, and by which line of the file. */
export function whoCanCommand(): Command {
  const command = new Command('who-can')
    .summary('list everybody who may do something')
    .description(
      'Lists everybody who may do something: groups with their people, and administrators by IAM, each with the line of the access file that gives it, and the guards that refuse it all the same. Without --namespace, it lists whoever may do it in any namespace; without --name, whoever may do it to any object.',
    )
    .argument('<verb>', 'such as get, list, create, or delete')
    .argument('<resource>', 'such as pods, Pod, po, deployments.apps; with a subresource, pods/exec')
    .addOption(keyOption('cluster', 'a cluster of the access file (default: every cluster)'))
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ eks-access who-can get secrets --namespace payments\n  $ eks-access who-can create pods/exec --cluster prod --json',
    )
    .action(async (verb: string, resource: string, options: WhoCanOptions) => {
      const access = await loadAccessFile(options.file, options.inputFormat);
      const keys = options.cluster ?? Object.keys(access.clusters);
      const clusters = keys.map((key) => knownMember('cluster', key, access.clusters));
      const rules = Object.values(access.roles).flatMap((role) => role.rules);
      const rows = whoCan(access, clusters, resourceRequest(verb, resource, options, rules));
      printFormat(options.format, options.format === 'json' ? jsonText(rows) : whoCanText(rows));
    });
  return withFormats(withPlace(command), ['text', 'json']);
}
