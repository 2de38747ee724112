import { type Command, Option } from 'commander';
import { escaped } from '../constraints/finding';
import { combinedFacts, type LiveFacts } from '../live/facts/live-facts';
import type { Access } from '../model';
import { eksClusters } from '../model/derived/clusters';
import { collected } from './collected';
import { printError } from './print';

/** Where a command gets what only Okta and AWS know, as options of its command line. */
export interface LiveOptions {
  readonly issuer?: string;
  readonly clientId?: readonly string[];
  readonly endpoint?: readonly string[];
  readonly certificateAuthority?: readonly string[];
  readonly outputs?: readonly string[];
  readonly aws?: boolean;
}

/** An option that can be repeated. */
function repeated(flags: string, description: string): Option {
  return new Option(flags, `${description}; repeat it for more`).argParser(collected);
}

/** Adds the options that say where a command gets what only Okta knows. */
export function withOktaOptions(command: Command): Command {
  return command
    .addOption(
      repeated(
        '--outputs <file>',
        'a file with outputs of the stacks: of cdktf output --outputs-file, of terraform output -json (STACK=FILE where it does not say which stack), or a state file',
      ),
    )
    .option('--issuer <url>', 'the issuer of the authorization server in Okta')
    .addOption(repeated('--client-id <app=id>', 'the client ID of an app in Okta; the only app needs no name'));
}

/** Adds the options that say where a command gets what only Okta and AWS know. */
export function withLiveOptions(command: Command): Command {
  return withFactOptions(
    withOktaOptions(command).option(
      '--aws',
      'ask AWS for what no option and no file says (eks:DescribeCluster, eks:DescribeIdentityProviderConfig)',
    ),
  );
}

/** Adds the options that say what only AWS knows. */
export function withFactOptions(command: Command): Command {
  return command
    .addOption(repeated('--endpoint <cluster=url>', 'the URL of an API server; the only cluster needs no name'))
    .addOption(
      repeated(
        '--certificate-authority <cluster=file>',
        'a PEM file with the certificate authority of an API server; the only cluster needs no name',
      ),
    );
}

/** What only Okta and AWS know, and for which clusters AWS did not say it. */
export interface FoundFacts {
  readonly facts: LiveFacts;
  /** Why AWS gave no answer, in a sentence, by the key of the cluster; empty without `--aws`. */
  readonly unanswered: ReadonlyMap<string, string>;
}

/**
 * What only Okta and AWS know: from options first, then from files, then from AWS.
 * @param keys the clusters that the command is about.
 * @throws AccessError for a wrong option or file.
 */
export async function liveFacts(access: Access, options: LiveOptions, keys: readonly string[]): Promise<FoundFacts> {
  // Loaded here, as the next two: few commands ask for facts.
  const { flagFacts } = require('../live/facts/flag-facts') as typeof import('../live/facts/flag-facts');
  const flags = flagFacts(access, options);
  const known = combinedFacts([flags, fileFacts(access, options.outputs)]);
  if (!options.aws) return { facts: known, unanswered: new Map() };
  const open = eksClusters(access).filter(({ key, app }) => keys.includes(key) && !isKnown(known, key, app));
  if (open.length === 0) return { facts: known, unanswered: new Map() };
  if (process.stderr.isTTY)
    printError(`Asking AWS about ${open.length === 1 ? '1 cluster' : `${open.length} clusters`} …\n`);
  const { awsFacts } = require('../live/facts/aws-facts') as typeof import('../live/facts/aws-facts');
  const { facts, unanswered } = await awsFacts(open);
  return { facts: combinedFacts([known, facts]), unanswered };
}

function fileFacts(access: Access, files: readonly string[] = []): LiveFacts {
  if (files.length === 0) return combinedFacts([]);
  const { outputFacts } = require('../live/facts/output-facts') as typeof import('../live/facts/output-facts');
  return outputFacts(access, files);
}

function isKnown(
  { issuerUrl, clientIds, endpoints, certificateAuthorities }: LiveFacts,
  key: string,
  app: string,
): boolean {
  return issuerUrl !== undefined && clientIds.has(app) && endpoints.has(key) && certificateAuthorities.has(key);
}

/** Says on stderr where the facts come from, each source once. */
export function printSources({ issuerUrl, clientIds, endpoints, certificateAuthorities }: LiveFacts): void {
  const facts = [issuerUrl, ...clientIds.values(), ...endpoints.values(), ...certificateAuthorities.values()];
  const sources = [...new Set(facts.flatMap((fact) => fact?.source ?? []))];
  if (sources.length > 0) printError(`Values of Okta and AWS from: ${escaped(sources.join('; '))}\n`);
}
