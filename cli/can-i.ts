import { Command, Option } from 'commander';
import { escaped } from '../constraints/finding';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import { type Access, AccessError, type Cluster } from '../model';
import { type Answer, canI } from '../model/review/can-i';
import { canPerson } from '../model/review/can-person';
import type { AccessRequest } from '../rbac';
import { accessFileOption } from './access-file-option';
import { collected } from './collected';
import { reportFindings, withFindingsOk } from './findings-ok';
import { jsonText, withFormats } from './formats';
import { groupNames } from './group-names';
import { inputFormatOption } from './input-format-option';
import { keyOption } from './key-option';
import { knownMember } from './known-name';
import { print, printText } from './print';
import { type RequestOptions, requestOf, withRequest } from './request-options';

interface CanIOptions extends RequestOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: string;
  readonly findingsOk?: boolean;
  readonly cluster: readonly string[];
  readonly groups?: readonly string[];
  readonly login?: string;
}

/** `eks-access can-i`: whether a person, or users in some groups, may do something on a cluster. */
export function canICommand(): Command {
  const command = new Command('can-i')
    .summary('answer whether a person or users in some groups may do something')
    .description(
      'Answers whether a person, or users in some groups, may do something on a cluster, and why: what RBAC allows, as kubectl auth can-i does. If a guard refuses it all the same, the answer names the guard. With several clusters, one answer for each. Exit code: 0 if every answer is yes, 2 if one is no, or could not be checked.',
    )
    .addOption(keyOption('cluster', 'a cluster of the access file').makeOptionMandatory())
    .addOption(
      new Option(
        '--group, --groups <group>',
        'a group of the access file that the user is in; repeat it or use commas for more',
      )
        .argParser(collected)
        .conflicts('login'),
    )
    .option('--login <login>', 'a person instead of groups: their groups are those that list the login')
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ eks-access can-i --cluster prod --groups eks-developers --verb create --resource pods/exec --namespace team-a\n  $ eks-access can-i --cluster prod --login ana@example.com --verb delete --resource deploy',
    )
    .action(async (options: CanIOptions) => {
      const access = await loadAccessFile(options.file, options.inputFormat);
      const clusters = options.cluster.map((cluster) => knownMember('cluster', cluster, access.clusters));
      const rules = Object.values(access.roles).flatMap((role) => role.rules);
      const ask = asker(access, options.groups, options.login);
      const request = requestOf(options, rules);
      const answers = clusters.map((cluster) => ({ cluster: cluster.key, ...ask(cluster, request) }));
      if (options.format === 'json') print(jsonText(answers.length === 1 ? withoutCluster(answers) : answers));
      else printText(answers.map((answer) => answerText(answer, answers.length > 1)).join(''));
      reportFindings(
        answers.some(({ allowed }) => allowed !== true),
        options,
      );
    });
  return withFindingsOk(withFormats(withRequest(command), ['text', 'json']));
}

/** Asks about groups or about a person. */
function asker(
  access: Access,
  groups: readonly string[] | undefined,
  login: string | undefined,
): (cluster: Cluster, request: AccessRequest) => Answer {
  if (login === '') throw new AccessError('--login is empty. Give the login of a person.');
  if (login !== undefined) return (cluster, request) => canPerson(access, { cluster, login, request });
  if (groups === undefined) throw new AccessError('The question is incomplete. Set --groups or --login.');
  const names = groupNames(groups, Object.keys(access.groups));
  return (cluster, request) => canI(access, { cluster, groups: names, request });
}

type ClusterAnswer = Answer & { readonly cluster: string };

/** The answer about the only cluster, which the question names. */
function withoutCluster([answer]: readonly ClusterAnswer[]): unknown {
  const { cluster: _, ...rest } = answer as ClusterAnswer;
  return rest;
}

function answerText({ cluster, allowed, because }: ClusterAnswer, isOneOfSeveral: boolean): string {
  const place = isOneOfSeveral ? `${escaped(cluster)}: ` : '';
  const word = allowed === null ? 'unknown' : allowed ? 'yes' : 'no';
  return `${place}${word}\n${isOneOfSeveral ? '  ' : ''}${escaped(because)}\n`;
}
