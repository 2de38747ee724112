import { Command } from 'commander';
import { loadAccessFile } from '../load-access-file';
import { pathsOf } from '../model/review/paths';
import { pathsText } from '../report/paths-text';
import { accessFileOption } from './access-file-option';
import { jsonText, withFormats } from './formats';
import { knownName } from './known-name';
import { printFormat } from './print';

interface PathsOptions {
  readonly file: string;
  readonly format: string;
  readonly cluster?: string;
}

/** `eks-access paths`: reports who can become whom, and by which steps. */
export function pathsCommand(): Command {
  const command = new Command('paths')
    .summary('report what a group can become by its permissions, step by step')
    .description(
      'Reports what each group and each administrator by IAM can become by their permissions, with the shortest chain of steps. A step is certain, or it may work: it depends on what runs on the cluster or on what somebody else does.',
    )
    .argument('[group]', 'a group of the access file; all groups and administrators by IAM if omitted')
    .option('--cluster <name>', 'the key of a cluster; all clusters if omitted')
    .addOption(accessFileOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ eks-access paths eks-developers\n  $ eks-access paths --cluster production --json',
    )
    .action((group: string | undefined, { file, format, cluster }: PathsOptions) => {
      const access = loadAccessFile(file);
      if (group !== undefined) knownName('group', group, Object.keys(access.groups));
      if (cluster !== undefined) knownName('cluster', cluster, Object.keys(access.clusters));
      const paths = pathsOf(access).filter(
        (path) =>
          (group === undefined || (path.from.kind === 'group' && path.from.name === group)) &&
          (cluster === undefined || path.cluster === cluster),
      );
      const output =
        format === 'json' ? jsonText(paths.map((path) => ({ ...path, from: path.from.name }))) : pathsText(paths);
      printFormat(format, output);
    });
  return withFormats(command, ['text', 'json']);
}
