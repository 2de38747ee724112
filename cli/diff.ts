import { Command } from 'commander';
import { loadAccessFile } from '../load-access-file';
import { isWording } from '../model/review/changes';
import { accessDiff, sensitiveGains } from '../model/review/diff';
import { guardChanges } from '../model/review/guard-changes';
import type { DiffReport } from '../report/diff-changes';
import { diffJson } from '../report/diff-json';
import { diffMarkdown } from '../report/diff-markdown';
import { diffText } from '../report/diff-text';
import { EXIT } from './exit-codes';
import { withFormats } from './formats';
import { print } from './print';

const FORMATS = { text: diffText, md: diffMarkdown, json: ({ diff }: DiffReport) => diffJson(diff) };

/** `eks-access diff`: who gains and who loses what from one access file to another. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .summary('say who gains and who loses what')
    .description(
      'Says who gains and who loses what from one access file to another, and what else changes. Exit code 2: somebody gains a sensitive permission, or anything else changes than descriptions, reasons and tags.',
    )
    .argument('<old>', 'the access file before')
    .argument('<new>', 'the access file after')
    .addHelpText('after', '\nExample:\n  $ eks-access diff access.before.ts access.config.ts --format md')
    .action((before: string, after: string, { format }: { format: keyof typeof FORMATS }) => {
      const old = loadAccessFile(before);
      const now = loadAccessFile(after);
      const diff = accessDiff(old, now);
      const sensitive = sensitiveGains(old, now, diff);
      const guards = guardChanges(old, now);
      print(FORMATS[format]({ before, after, diff, sensitive, guards }));
      const isFinding = sensitive.length > 0 || !diff.changes.every(isWording);
      if (isFinding) process.exitCode = EXIT.findings;
    });
  return withFormats(command, Object.keys(FORMATS));
}
