import { Command } from 'commander';
import { loadAccessFile } from '../load-access-file';
import { accessDiff, isGrave, sensitiveGains } from '../model/review/diff';
import { openedPaths } from '../model/review/opened-paths';
import type { DiffReport } from '../report/diff-changes';
import { diffJson } from '../report/diff-json';
import { diffMarkdown } from '../report/diff-markdown';
import { diffText } from '../report/diff-text';
import { accessFileOption } from './access-file-option';
import { reportFindings, withFindingsOk } from './findings-ok';
import { withFormats } from './formats';
import { printFormat } from './print';

const FORMATS = { text: diffText, md: diffMarkdown, json: ({ diff }: DiffReport) => diffJson(diff) };

interface DiffOptions {
  readonly file: string;
  readonly format: keyof typeof FORMATS;
  readonly findingsOk?: boolean;
}

/** `eks-access diff`: reports who gains and who loses what between two access files. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .summary('report who gains and who loses what')
    .description(
      'Reports who gains and who loses what between two access files, and all other changes. Exit code: 2 if somebody gains a sensitive permission, or if anything changes besides descriptions, reasons, and tags; otherwise 0.',
    )
    .argument('<old>', 'the old access file')
    .argument('[new]', 'the new access file (default: the one that --file selects)')
    .addOption(accessFileOption())
    .addHelpText('after', '\nExample:\n  $ eks-access diff access.before.ts access.config.ts --format md')
    .action((before: string, given: string | undefined, options: DiffOptions) => {
      const { format, file } = options;
      const after = given ?? file;
      const old = loadAccessFile(before);
      const now = loadAccessFile(after);
      const diff = accessDiff(old, now);
      const sensitive = sensitiveGains(old, now, diff);
      const opened = openedPaths([], [], diff.gains);
      printFormat(format, FORMATS[format]({ before, after, diff, sensitive, opened }));
      reportFindings(sensitive.length + opened.length > 0 || diff.changes.some(isGrave), options);
    });
  return withFindingsOk(withFormats(command, Object.keys(FORMATS)));
}
