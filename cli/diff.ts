import { Command, Option } from 'commander';
import { AccessError } from '../constraints/access-error';
import { ACCESS_FORMATS, type AccessFormat } from '../input/access-format';
import { comparedAccesses } from '../input/compared-access';
import { type FileSource, nameOf } from '../input/written-file';
import { today } from '../model';
import { accessDiff, isGrave, sensitiveGains } from '../model/review/diff';
import { openedPaths } from '../model/review/opened-paths';
import { withRenamedGroups } from '../model/review/renamed-groups';
import type { DiffReport } from '../report/diff-changes';
import { diffJson } from '../report/diff-json';
import { diffMarkdown } from '../report/diff-markdown';
import { diffText } from '../report/diff-text';
import { accessFileOption } from './access-file-option';
import { reportFindings, withFindingsOk } from './findings-ok';
import { withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { printFormat } from './print';

const FORMATS = { text: diffText, md: diffMarkdown, json: ({ diff }: DiffReport) => diffJson(diff) };

interface DiffOptions {
  readonly file: string;
  readonly from?: string;
  readonly inputFormat?: AccessFormat;
  readonly format: keyof typeof FORMATS;
  readonly findingsOk?: boolean;
}

/** `eks-access diff`: reports who gains and who loses what between two access files, and what else changes. */
export function diffCommand(): Command {
  const command = new Command('diff')
    .summary('report who gains and who loses what')
    .description(
      `Reports who gains and who loses what between two access files, and what every other change means. Exit code: 2 if somebody gains a sensitive permission or a certain path to more, or if a change widens, moves, or replaces something; otherwise 0.

Both files are read by today's schema, for today, and without checks. TypeScript files run in a process of their own that gets none of your environment variables except PATH, the language, the time zone, and SOURCE_DATE_EPOCH.`,
    )
    .argument('[old]', 'the old access file, or - for standard input; with --from, its path in the commit')
    .argument('[new]', 'the new access file, or - for standard input (default: the one that --file selects)')
    .addOption(accessFileOption())
    .addOption(new Option('--from <ref>', 'read the old file from a commit of the git repository, such as origin/main'))
    .addOption(inputFormatOption())
    .addHelpText(
      'after',
      `
Examples:
  $ eks-access diff --from origin/main
  $ eks-access diff access.before.ts access.config.ts --format md
  $ generate-access | eks-access diff access.json - --input-format json`,
    )
    .action(async (old: string | undefined, now: string | undefined, options: DiffOptions) => {
      const [from, to] = comparedFiles(old, now, options);
      const [earlier, after] = await comparedAccesses([from, to], today());
      const before = withRenamedGroups(earlier, after);
      const diff = accessDiff(before, after);
      const sensitive = sensitiveGains(before, after, diff);
      const opened = openedPaths(before, after, diff.gains);
      const report = { before: nameOf(from), after: nameOf(to), diff, sensitive, opened };
      printFormat(options.format, FORMATS[options.format](report));
      reportFindings(sensitive.length + opened.length > 0 || diff.changes.some(isGrave), options);
    });
  return withFindingsOk(withFormats(command, Object.keys(FORMATS)));
}

/** The old and the new file that a command line names. */
function comparedFiles(
  old: string | undefined,
  now: string | undefined,
  { file, from, inputFormat }: DiffOptions,
): readonly [FileSource, FileSource] {
  const used = [old, from === undefined ? (now ?? file) : (now ?? old ?? file)];
  const words = used.filter((word) => word === '-');
  if (words.length > 1) throw new AccessError('Only one of the two files can be standard input (-).');
  if (words.length === 1 && inputFormat === undefined) {
    throw new AccessError(`Standard input (-) needs --input-format: ${ACCESS_FORMATS.join(', ')}.`);
  }
  if (words.length === 0 && inputFormat !== undefined) {
    throw new AccessError('--input-format is for standard input: write - for one of the two files.');
  }
  const named = (word: string): FileSource =>
    word === '-' ? { kind: 'standard input', format: inputFormat as AccessFormat } : { kind: 'file', file: word };
  if (from !== undefined) {
    if ((old ?? file) === '-')
      throw new AccessError('With --from, the old file is one of the commit: write its path instead of -.');
    return [{ kind: 'commit', ref: from, file: old ?? file }, named(now ?? old ?? file)];
  }
  if (old === undefined) throw new AccessError('Name the old access file, or a commit that has it: diff --from REF.');
  return [named(old), named(now ?? file)];
}
