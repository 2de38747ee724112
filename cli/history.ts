import { Command, InvalidArgumentError, Option } from 'commander';
import { type Day, today } from '../model';
import { accessFileOption } from './access-file-option';
import { withFormats } from './formats';
import type { HistoryOptions } from './run-history';

/** `eks-access history`: what the access file said on a past day, or what happened to it. */
export function historyCommand(): Command {
  const command = new Command('history')
    .summary('report what the access file said in the past')
    .description(
      `Reports what the access file said in the past: the changes of its commits, with access that ended between them; or, with --at, who had which role where at the end of a day. It follows the branch that is checked out along first parents, over renames of the file, by the committers' days in UTC.

It reports what was written, not what was applied; --applied adds when a pipeline applied it. Every version is read as diff --from reads it: by today's schema, without checks, its code in another process without your credentials.`,
    )
    .addOption(
      new Option('--login <login>', 'only what a person has by groups that list the login').conflicts([
        'group',
        'cluster',
      ]),
    )
    .addOption(new Option('--group <group>', 'only a group, under all its names').conflicts(['login', 'cluster']))
    .addOption(new Option('--cluster <cluster>', 'only a cluster').conflicts(['login', 'group']))
    .addOption(
      new Option('--since <day>', 'the first day of the changes, YYYY-MM-DD (default: all)').argParser(pastDay),
    )
    .addOption(
      new Option('--at <day>', 'who had which role where at the end of this day, YYYY-MM-DD')
        .argParser(pastDay)
        .conflicts('since'),
    )
    .option('--applied <file>', 'a file with the commits that a pipeline applied, one JSON object a line')
    .addOption(accessFileOption())
    .addHelpText(
      'after',
      `
Examples:
  $ eks-access history --since 2026-01-01 --format md
  $ eks-access history --login ana@example.com
  $ eks-access history --at 2026-03-31 --format html > march.html`,
    )
    .action((options: HistoryOptions) => {
      // Loaded late: the other commands need none of it.
      const { runHistory } = require('./run-history') as typeof import('./run-history');
      return runHistory(options);
    });
  return withFormats(command, ['text', 'md', 'csv', 'json', 'html']);
}

function pastDay(value: string): Day {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;
  if (!isDay) throw new InvalidArgumentError('It is not a day such as 2026-03-31.');
  if (value > today()) throw new InvalidArgumentError(`It is in the future: today is ${today()}.`);
  return value;
}
