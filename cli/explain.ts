import { Command } from 'commander';
import { escaped } from '../constraints/finding';
import { loadAccessFile } from '../load-access-file';
import { type Access, AccessError } from '../model';
import { explainGroup, explainLogin, membershipsOf } from '../model/review/explain';
import { explanationText } from '../report/explanation-text';
import { enumerated } from '../report/words';
import { accessFileOption } from './access-file-option';
import { jsonText, withFormats } from './formats';
import { knownName } from './known-name';
import { print } from './print';

interface ExplainOptions {
  readonly file: string;
  readonly format: string;
  readonly login?: string;
}

/** `eks-access explain`: everything that a group or a person may do, with the lines of the file that say so. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .summary('say what a group or a person may do, and by which lines of the file')
    .description('Says everything that a group or a person may do, and by which lines of the access file.')
    .argument('[group]', 'a group of the access file')
    .option('--login <person>', 'the login of a person, in place of a group')
    .addOption(accessFileOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ eks-access explain eks-developers\n  $ eks-access explain --login ana@example.com',
    )
    .action((group: string | undefined, { file, format, login }: ExplainOptions) => {
      if ((group === undefined) === (login === undefined)) {
        throw new AccessError('Whom to explain has to be said once: a group, or --login with a person.');
      }
      const access = loadAccessFile(file);
      const isJson = format === 'json';
      if (login !== undefined) print(personExplained(access, login, isJson));
      else print(groupExplained(access, knownName('group', group as string, Object.keys(access.groups)), isJson));
    });
  return withFormats(command, ['text', 'json']);
}

function groupExplained(access: Access, group: string, isJson: boolean): string {
  const explanations = explainGroup(access, group);
  if (isJson) return jsonText({ group, access: explanations });
  return explanations.length === 0 ? `No grant is for ${escaped(group)}.\n` : explanationText(explanations);
}

function personExplained(access: Access, login: string, isJson: boolean): string {
  const explanations = explainLogin(access, login);
  // Who is in these is said by Okta, or by whatever puts people in.
  const unknown = Object.entries(access.groups)
    .filter(([, { logins }]) => logins === undefined)
    .map(([group, { rule }]) => ({ group, rule: rule ?? null }));
  if (isJson) return jsonText({ login, access: explanations, unknown });
  const groups = membershipsOf(access, login).map(({ group }) => escaped(group));
  const known = groups.length === 0 ? 'no group' : enumerated(groups);
  const lines = [`The file puts ${escaped(login)} into ${known}.`];
  if (explanations.length > 0) lines.push('', explanationText(explanations).trimEnd());
  if (unknown.length > 0) {
    lines.push('', 'Whether the person is in these groups too, the file cannot tell:');
    for (const { group, rule } of unknown) {
      lines.push(`  ${escaped(group)}: ${rule === null ? 'filled from elsewhere' : `by the rule ${escaped(rule)}`}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
