import { Command } from 'commander';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import type { Access } from '../model';
import { pathsOf } from '../model/review/paths';
import { pathsText } from '../report/paths-text';
import { enumerated } from '../report/words';
import { accessFileOption } from './access-file-option';
import { jsonText, withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { keyOption } from './key-option';
import { knownMember, knownName } from './known-name';
import { printFormat } from './print';

interface PathsOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: string;
  readonly cluster?: readonly string[];
}

const MOST_CLUSTERS = 5;

/** `eks-access paths`: reports who can become whom, and by which steps. */
export function pathsCommand(): Command {
  const command = new Command('paths')
    .summary('report what a group can become by its permissions, step by step')
    .description(
      'Reports what each group and each administrator by IAM can become by their permissions, with the shortest chain of steps. A step is certain, or it may work: it depends on what runs on the cluster or on what somebody else does.',
    )
    .argument('[group]', 'a group of the access file; all groups and administrators by IAM if omitted')
    .addOption(keyOption('cluster', 'a cluster of the access file (default: every cluster)'))
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ eks-access paths eks-developers\n  $ eks-access paths --cluster production --json',
    )
    .action(async (group: string | undefined, { file, inputFormat, format, cluster }: PathsOptions) => {
      const access = await loadAccessFile(file, inputFormat);
      if (group !== undefined) knownName('group', group, Object.keys(access.groups));
      const clusters = (cluster ?? Object.keys(access.clusters)).map((key) =>
        knownMember('cluster', key, access.clusters),
      );
      const keys = new Set(clusters.map(({ key }) => key));
      const paths = pathsOf(access).filter(
        (path) =>
          (group === undefined || (path.from.kind === 'group' && path.from.name === group)) && keys.has(path.cluster),
      );
      const output =
        format === 'json'
          ? jsonText(paths.map((path) => ({ ...path, from: path.from.name })))
          : pathsText(paths, nonePaths(access, keys, group));
      printFormat(format, output);
    });
  return withFormats(command, ['text', 'json']);
}

/** Why there is no path: nobody has a grant, or no grant leads to anybody else. */
function nonePaths({ placements }: Access, keys: ReadonlySet<string>, group: string | undefined): string {
  const there = ` on ${enumerated([...keys], MOST_CLUSTERS)}`;
  const isGranted = placements.some((placement) => placement.group === group && keys.has(placement.cluster));
  if (group !== undefined && !isGranted) return `The group ${group} has no grant in force${there}.`;
  return group === undefined
    ? `Nobody can become anybody else${there}.`
    : `The group ${group} cannot become anybody else${there}.`;
}
