import { Command } from 'commander';
import { abbreviated } from '../constraints/abbreviated';
import { escaped } from '../constraints/finding';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import type { PortalData } from '../sign-in/portal/portal-data';
import type { SignInData } from '../sign-in/sign-in-data';
import { writeWholeFile } from '../sign-in/whole-file';
import { accessFileOption } from './access-file-option';
import { jsonText, withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { type LiveOptions, liveFacts, printSources, withLiveOptions } from './live-options';
import { print, printError } from './print';

interface PortalOptions extends LiveOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: 'html' | 'json';
  readonly out?: string;
}

/** `eks-access portal`: the page from which people sign in. */
export function portalCommand(): Command {
  const command = new Command('portal')
    .summary('make the page from which people sign in')
    .description(
      'Makes one page for the whole organization, for any web server or to be opened from disk: every cluster with what each group may do there, kubeconfigs to download, how to sign in, and what to do when it fails. It contains no secret, no people, and nothing of AWS accounts. What is not known yet is left out and said on stderr.',
    )
    .option('-o, --out <file>', 'write into a file, as a whole or not at all (default: standard output)')
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ eks-access portal --outputs outputs.json --aws --out portal.html\n  $ eks-access portal --outputs outputs.json --json',
    )
    .action(makePortal);
  return withFormats(withLiveOptions(command), ['html', 'json']);
}

async function makePortal(options: PortalOptions): Promise<void> {
  const access = await loadAccessFile(options.file, options.inputFormat);
  const { facts, unanswered } = await liveFacts(access, options, Object.keys(access.clusters));
  printSources(facts);
  const { portalOf } = require('../sign-in/portal/portal-of') as typeof import('../sign-in/portal/portal-of');
  const { signInOf } = require('../sign-in/portal/portal-data') as typeof import('../sign-in/portal/portal-data');
  const portal = portalOf(access, facts);
  const signIn = signInOf(portal);
  const output = options.format === 'json' ? jsonText(portal) : pageOf(portal, signIn);
  if (options.out === undefined) print(output);
  else writeWholeFile(options.out, output);
  for (const reason of new Set(unanswered.values())) printError(`${escaped(reason)}\n`);
  sayLeftOut(portal, signIn);
}

function pageOf(portal: PortalData, signIn: SignInData | undefined): string {
  const { portalHtml } = require('../report/portal-html') as typeof import('../report/portal-html');
  const { portalKubeconfig } =
    require('../sign-in/portal/portal-kubeconfig') as typeof import('../sign-in/portal/portal-kubeconfig');
  return portalHtml(portal, portalKubeconfig(signIn));
}

const MOST_NAMES = 5;

/** Says to which clusters nobody can sign in with this page, and why. */
function sayLeftOut({ issuerUrl, apps, clusters }: PortalData, signIn: SignInData | undefined): void {
  const known = new Set(signIn?.clusters.map(({ key }) => key));
  const leftOut = clusters.filter(({ key }) => !known.has(key));
  if (leftOut.length === 0) return;
  const clientIds = new Map(apps.map(({ name, clientId }) => [name, clientId]));
  const missing = [
    ...(issuerUrl === null ? ['the issuer'] : []),
    ...(leftOut.some(({ app }) => clientIds.get(app) === null) ? ['client IDs'] : []),
    ...(leftOut.some(({ server }) => server === null) ? ['endpoints and certificate authorities'] : []),
  ];
  const names = abbreviated(
    leftOut.map(({ key }) => escaped(key)),
    MOST_NAMES,
  );
  printError(
    `Nobody can sign in with this page to ${leftOut.length} of ${clusters.length} clusters: ${names}. Not known: ${missing.join(', ')}. Give them with --outputs FILE, with --aws, or with --issuer, --client-id, --endpoint, and --certificate-authority.\n`,
  );
}
