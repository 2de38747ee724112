import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { AccessError } from '../constraints/access-error';
import { escaped } from '../constraints/finding';
import { nameList } from '../constraints/nearest-name';
import type { AccessFormat } from '../input/access-format';
import { standardInput } from '../input/standard-input';
import type { LiveFacts } from '../live/facts/live-facts';
import { loadAccessFile } from '../load-access-file';
import type { Access, Cluster } from '../model';
import type { TokenExplanation } from '../sign-in/token/explain-token';
import type { KeySource } from '../sign-in/token/signature';
import { accessFileOption } from './access-file-option';
import { reportFindings, withFindingsOk } from './findings-ok';
import { jsonText, withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { keyOption } from './key-option';
import { knownMember } from './known-name';
import { type LiveOptions, liveFacts, printSources, withLiveOptions } from './live-options';
import { printFormat } from './print';

interface TokenExplainOptions extends LiveOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: string;
  readonly findingsOk?: boolean;
  readonly cluster?: readonly string[];
  readonly cache?: string | true;
  readonly signIn?: boolean;
  readonly jwks?: string;
  readonly offline?: boolean;
}

/** `eks-access token explain`: what a token says, and what each cluster makes of it. */
export function tokenExplainCommand(): Command {
  const command = new Command('explain')
    .summary('say what an ID token means, and what each cluster makes of it')
    .description(
      `Says what an ID token means: its claims, whether its signature is right, and for each cluster whether the API server accepts it, why not, and what the access file lets the person do there. It takes each cluster as the access file configures it, with the issuer and client ID of the options. The token comes from standard input; it is not printed, and not written anywhere. Exit code: 0 if every cluster of --cluster (without it, at least one cluster) accepts it and lets the person do something; otherwise 2.`,
    )
    .addOption(keyOption('cluster', 'a cluster of the access file (default: every cluster)'))
    .addOption(
      new Option(
        '--cache [folder]',
        "the tokens in kubelogin's cache instead of standard input (default: ~/.kube/cache/oidc-login)",
      ),
    )
    .addOption(new Option('--sign-in', 'sign in with kubelogin instead, to the app of --cluster').conflicts('cache'))
    .option('--jwks <file>', 'the key set of the issuer, to check the signature without a network')
    .option('--offline', 'ask nobody: without --jwks, the signature is not checked')
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    // A token in an argument stays in the history of the shell, and others on the machine can read it.
    .allowExcessArguments(true)
    .addHelpText(
      'after',
      `
Examples:
  $ kubectl oidc-login get-token --oidc-issuer-url=… --oidc-client-id=… | eks-access token explain --outputs outputs.json
  $ eks-access token explain --cache --cluster prod --aws
  $ eks-access token explain --sign-in --cluster prod --outputs outputs.json`,
    )
    .action(async (options: TokenExplainOptions, self: Command) => {
      if (self.args.length > 0) {
        throw new AccessError(
          'Do not pass a token as an argument: it would stay in the shell history, and other users of the machine could read it. Pipe it into the command, or use --cache.',
        );
      }
      await explain(options);
    });
  return withFindingsOk(withFormats(withLiveOptions(command), ['text', 'json']));
}

async function explain(options: TokenExplainOptions): Promise<void> {
  const given = options.signIn ? undefined : givenTokens(options);
  const access = await loadAccessFile(options.file, options.inputFormat);
  const clusters = (options.cluster ?? Object.keys(access.clusters)).map((key) =>
    knownMember('cluster', key, access.clusters),
  );
  const { facts } = await liveFacts(
    access,
    options,
    clusters.map(({ key }) => key),
  );
  printSources(facts);
  // Loaded late, as other commands need none of it.
  const { explainToken } = require('../sign-in/token/explain-token') as typeof import('../sign-in/token/explain-token');
  const { checkedSignature } = require('../sign-in/token/signature') as typeof import('../sign-in/token/signature');
  const { tokenText } = require('../report/token-text') as typeof import('../report/token-text');
  const tokens = given ?? [await signedIn(access, clusters, facts)];
  const source = keySource(options, facts);
  const explanations: TokenExplanation[] = [];
  for (const token of tokens) {
    const signature = await checkedSignature(token, source);
    explanations.push(await explainToken({ token, access, clusters, facts, signature, now: Date.now() }));
  }
  const [first] = explanations;
  printFormat(
    options.format,
    options.format === 'json'
      ? jsonText(explanations.length === 1 ? first : explanations)
      : explanations.map(tokenText).join('\n'),
  );
  const accepts = (key: string) =>
    explanations.some((explanation) =>
      explanation.clusters.some(({ cluster, accepted, roles }) => cluster === key && accepted && roles.length > 0),
    );
  const fine =
    options.cluster === undefined ? clusters.some(({ key }) => accepts(key)) : options.cluster.every(accepts);
  reportFindings(!fine, options);
}

/** The token of a sign-in to the app of these clusters. */
async function signedIn(access: Access, clusters: readonly Cluster[], facts: LiveFacts): Promise<string> {
  const apps = access.apps.filter((app) => app.clusters.some((key) => clusters.some((cluster) => cluster.key === key)));
  const [app, ...others] = apps;
  if (app === undefined || others.length > 0) {
    throw new AccessError(
      `--sign-in is to one app, and these clusters have ${apps.length}: ${nameList(apps.map(({ name }) => name))}. Name a cluster: --cluster.`,
    );
  }
  const clientId = facts.clientIds.get(app.name)?.value;
  if (facts.issuerUrl === undefined || clientId === undefined) {
    throw new AccessError(
      `--sign-in needs the issuer and the client ID of the app ${escaped(app.name)}. Add --outputs, --aws, or --issuer and --client-id.`,
    );
  }
  const { tokenOfSignIn } =
    require('../sign-in/token/sign-in-token') as typeof import('../sign-in/token/sign-in-token');
  const { appSettings } =
    require('../sign-in/kubeconfig/sign-in-data-of') as typeof import('../sign-in/kubeconfig/sign-in-data-of');
  return tokenOfSignIn({ issuerUrl: facts.issuerUrl.value, app: { ...appSettings(access, app), clientId } });
}

function givenTokens({ cache, file }: TokenExplainOptions): readonly string[] {
  const { CACHE_FOLDER, cachedTokens } =
    require('../sign-in/token/kubelogin-cache') as typeof import('../sign-in/token/kubelogin-cache');
  const { tokenIn } = require('../sign-in/token/token-text') as typeof import('../sign-in/token/token-text');
  if (cache !== undefined) return cachedTokens(cache === true ? CACHE_FOLDER : cache);
  if (file === '-')
    throw new AccessError('Standard input is the token: read the access file from a file, or use --cache.');
  if (process.stdin.isTTY) {
    throw new AccessError(
      'There is no token: pipe it into the command, or use --cache for the tokens of kubelogin, or --sign-in.',
    );
  }
  const token = tokenIn(standardInput().toString('utf8'));
  if (token !== undefined) return [token];
  throw new AccessError(
    'Standard input has no ID token. Allowed: an ID token (three parts separated by dots), or the JSON that kubelogin prints. Access tokens and refresh tokens of Okta do not work.',
  );
}

function keySource({ jwks, offline }: TokenExplainOptions, { issuerUrl }: LiveFacts): KeySource {
  if (jwks !== undefined) {
    try {
      return { kind: 'saved', keys: readFileSync(jwks) };
    } catch (error) {
      throw new AccessError(`--jwks: The file cannot be read: ${escaped((error as Error).message)}.`);
    }
  }
  if (offline) return { kind: 'none', because: 'With --offline, nobody is asked for the keys. Add --jwks.' };
  // The issuer of the token itself is not asked: whoever forges a token chooses it.
  if (issuerUrl === undefined) {
    return { kind: 'none', because: 'The issuer is not known. Add --outputs, --aws, or --issuer.' };
  }
  return { kind: 'issuer', issuerUrl: issuerUrl.value };
}
