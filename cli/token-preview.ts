import { Command } from 'commander';
import type { AccessFormat } from '../input/access-format';
import type { TokenPreview } from '../model/review/token-preview';
import { accessFileOption } from './access-file-option';
import { reportFindings, withFindingsOk } from './findings-ok';
import { jsonText, withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { keyOption } from './key-option';
import { knownMember } from './known-name';
import { printFormat } from './print';

interface TokenPreviewOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: string;
  readonly findingsOk?: boolean;
  readonly login: string;
  readonly people?: string;
  readonly cluster?: readonly string[];
}

/** `eks-access token preview`: the ID token that Okta would issue, before anybody signs in. */
export function tokenPreviewCommand(): Command {
  const command = new Command('preview')
    .summary('show the ID token that Okta would issue to a person')
    .description(
      'Shows the ID token that Okta would issue to a person, before anybody signs in: where each claim comes from, and why a group is missing. It reads the synthesized stacks, and writes nothing. Exit code: 2 if Okta would refuse the sign-in to one of the apps, or if a token has no group with a grant.',
    )
    .requiredOption('--login <login>', 'the login of the person in Okta')
    .option(
      '--people <file>',
      'a JSON or YAML file with people: their groups, and the profile that rules and claims read',
    )
    .addOption(keyOption('cluster', 'a cluster of the access file (default: every cluster)'))
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText('after', '\nExample:\n  $ eks-access token preview --login ana@example.com --cluster prod')
    .action(async (options: TokenPreviewOptions) => {
      const preview = await previewOf(options);
      const { previewText } = require('../report/preview-text') as typeof import('../report/preview-text');
      printFormat(options.format, options.format === 'json' ? jsonText(preview) : previewText(preview));
      const isEmpty = preview.apps.some(
        ({ refused, groups }) => refused !== null || !groups.some(({ inToken }) => inToken),
      );
      reportFindings(isEmpty, options);
    });
  return withFindingsOk(withFormats(command, ['text', 'json']));
}

async function previewOf({ file, inputFormat, login, people, cluster }: TokenPreviewOptions): Promise<TokenPreview> {
  // Loaded late: the other commands need none of it.
  const { synthesizePrivately } = require('../synthesize-access') as typeof import('../synthesize-access');
  const { tokenPreview } =
    require('../sandbox/preview/token-preview') as typeof import('../sandbox/preview/token-preview');
  const { readPeopleFile } = require('../sandbox/okta/people-file') as typeof import('../sandbox/okta/people-file');
  const { readStacks } =
    require('../sandbox/synthesized/read-stacks') as typeof import('../sandbox/synthesized/read-stacks');
  return synthesizePrivately(
    file,
    (folder, access) => {
      const keys = cluster?.map((key) => knownMember('cluster', key, access.clusters).key);
      return tokenPreview({
        access,
        stacks: readStacks(folder),
        login,
        people: people === undefined ? [] : readPeopleFile(people, Object.keys(access.groups)),
        apps: access.apps.filter(({ clusters }) => keys === undefined || clusters.some((key) => keys.includes(key))),
      });
    },
    inputFormat,
  );
}
