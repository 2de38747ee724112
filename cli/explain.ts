import { Command } from 'commander';
import { escaped } from '../constraints/finding';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import { type Access, AccessError } from '../model';
import { explainGroup, explainLogin, membershipsOf } from '../model/review/explain';
import { explanationText } from '../report/explanation-text';
import { enumerated } from '../report/words';
import { accessFileOption } from './access-file-option';
import { jsonText, withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { knownName } from './known-name';
import { printFormat } from './print';

interface ExplainOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: string;
  readonly login?: string;
}

/** `eks-access explain`: reports everything that a group or a user may do, and which lines of the file allow it. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .summary('report what a group or a user may do, and which lines of the file allow it')
    .description('Reports everything that a group or a user may do, and which lines of the access file allow it.')
    .argument('[group]', 'a group of the access file')
    .option('--login <login>', 'the login of a user, instead of a group')
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ eks-access explain eks-developers\n  $ eks-access explain --login ana@example.com',
    )
    .action(async (group: string | undefined, { file, inputFormat, format, login }: ExplainOptions) => {
      if ((group === undefined) === (login === undefined)) {
        throw new AccessError('Give either a group or, with --login, a user.');
      }
      if (login === '') throw new AccessError('--login is empty. Give the login of a user.');
      const access = await loadAccessFile(file, inputFormat);
      const isJson = format === 'json';
      if (login !== undefined) printFormat(format, userExplained(access, login, isJson));
      else {
        const known = knownName('group', group as string, Object.keys(access.groups));
        printFormat(format, groupExplained(access, known, isJson));
      }
    });
  return withFormats(command, ['text', 'json']);
}

function groupExplained(access: Access, group: string, isJson: boolean): string {
  const explanations = explainGroup(access, group);
  if (isJson) return jsonText({ group, access: explanations });
  return explanations.length === 0
    ? `The group ${escaped(group)} has no grant in force.\n`
    : explanationText(explanations);
}

function userExplained(access: Access, login: string, isJson: boolean): string {
  const explanations = explainLogin(access, login);
  // The file does not list the members of these groups.
  const unknown = Object.entries(access.groups)
    .filter(([, { logins }]) => logins === undefined)
    .map(([group, { rule }]) => ({ group, rule: rule ?? null }));
  if (isJson) return jsonText({ login, access: explanations, unknown });
  const groups = membershipsOf(access, login).map(({ group }) => escaped(group));
  const known = groups.length === 0 ? 'no group' : enumerated(groups);
  const lines = [`The file lists ${escaped(login)} in ${known}.`];
  if (explanations.length > 0) lines.push('', explanationText(explanations).trimEnd());
  if (unknown.length > 0) {
    lines.push('', 'The user may also be in these groups, whose members the file does not list:');
    for (const { group, rule } of unknown) {
      lines.push(
        `  ${escaped(group)}: ${rule === null ? 'members come from elsewhere' : `members come from the rule ${escaped(rule)}`}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
