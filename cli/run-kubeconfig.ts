import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { escaped } from '../constraints/finding';
import { nameList, nearestName } from '../constraints/nearest-name';
import { loginKey } from '../constraints/okta/login';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import { type Access, AccessError } from '../model';
import { membershipsOf } from '../model/review/explain';
import { kubeconfigCheckText } from '../report/kubeconfig-check-text';
import { counted, enumerated } from '../report/words';
import { findTool, KUBECTL } from '../sandbox/missing-tools';
import { type CheckedSignIn, checkKubeconfig } from '../sign-in/kubeconfig/check-kubeconfig';
import { type Kubeconfig, kubeconfigOf } from '../sign-in/kubeconfig/kubeconfig';
import { kubeconfigCommands, type Shell } from '../sign-in/kubeconfig/kubeconfig-commands';
import { kubercWithPlugin } from '../sign-in/kubeconfig/kuberc';
import { foreignEntries, kubeconfigYaml, mergedKubeconfig } from '../sign-in/kubeconfig/merge-kubeconfig';
import { fetchPortal, portalUrl } from '../sign-in/kubeconfig/portal-source';
import { confirmPortal } from '../sign-in/kubeconfig/portal-trust';
import { readTextFile, withLock, writePrivateFile } from '../sign-in/kubeconfig/private-file';
import { signInDataOf } from '../sign-in/kubeconfig/sign-in-data-of';
import { clustersOfGroup, signInOf } from '../sign-in/portal/portal-data';
import { reportFindings } from './findings-ok';
import { jsonText } from './formats';
import { groupNames } from './group-names';
import { knownName } from './known-name';
import { type LiveOptions, liveFacts, printSources } from './live-options';
import { print, printError, printFormat } from './print';

export interface KubeconfigOptions extends LiveOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: string;
  readonly findingsOk?: boolean;
  readonly cluster?: readonly string[];
  readonly group?: readonly string[];
  readonly login?: string;
  readonly out?: string;
  readonly merge?: string;
  readonly replace?: boolean;
  readonly check?: string;
  readonly print?: 'commands';
  readonly shell?: Shell;
  readonly contextFormat?: string;
  readonly deviceCode?: boolean;
  readonly keyring?: boolean;
  readonly kuberc?: string | true;
  readonly portal?: string;
  readonly portalCa?: string;
  readonly allowEndpoint?: readonly string[];
  readonly yes?: boolean;
}

/** What a kubeconfig comes from, and what is left out of it. */
type Source = Omit<CheckedSignIn, 'contextFormat'>;

/** Makes, merges, or checks a kubeconfig. */
export async function runKubeconfig(options: KubeconfigOptions): Promise<void> {
  refuseUnused(options);
  const source =
    options.portal === undefined ? await fromAccessFile(options) : await fromPortal(options, options.portal);
  if (options.check !== undefined) return check(options, pathOf(options.check), source);
  sayLeftOut(source);
  const kubeconfig = kubeconfigOf(source.data, options);
  // Read and changed before anything is written, so that one wrong file is not half of the work.
  const allowPlugin = pluginPolicy(options);
  if (options.merge !== undefined) merge(pathOf(options.merge), kubeconfig, options.replace);
  else if (options.out !== undefined) write(pathOf(options.out), kubeconfig);
  else if (options.print !== undefined) print(kubeconfigCommands(kubeconfig, options.shell ?? 'sh'));
  else print(options.format === 'json' ? jsonText(kubeconfig) : kubeconfigYaml(kubeconfig));
  allowPlugin();
}

/** Options that change nothing without another one. */
const NEEDS: readonly (readonly [keyof KubeconfigOptions, string, keyof KubeconfigOptions])[] = [
  ['replace', '--replace', 'merge'],
  ['shell', '--shell', 'print'],
  ['portalCa', '--portal-ca', 'portal'],
  ['allowEndpoint', '--allow-endpoint', 'portal'],
  ['yes', '--yes', 'portal'],
];

function refuseUnused(options: KubeconfigOptions): void {
  const unused = NEEDS.filter(([option, , needed]) => options[option] !== undefined && options[needed] === undefined);
  const messages = unused.map(([, flag, needed]) => `${flag} needs --${needed}.`);
  if (options.check !== undefined && options.kuberc !== undefined)
    messages.push('--check changes nothing: leave out --kuberc.');
  if (messages.length > 0) throw new AccessError(messages.join('\n'));
}

/** A path of the command line. After `=`, many shells leave `~` as it is. */
function pathOf(path: string): string {
  return path.replace(/^~(?=[/\\])/, () => homedir());
}

async function fromAccessFile(options: KubeconfigOptions): Promise<Source> {
  const access = await loadAccessFile(options.file, options.inputFormat);
  const all = Object.keys(access.clusters);
  const named = options.cluster?.map((key) => knownName('cluster', key, all));
  const granted = grantedClusters(access, options);
  const keys = limited(named, all, granted, options);
  const { facts, unanswered } = await liveFacts(access, options, keys);
  const { data, leftOut } = signInDataOf(access, { facts, unanswered, keys, named: named !== undefined });
  printSources(facts);
  return { data, leftOut, allClusters: Object.values(access.clusters).map(({ key, app }) => ({ key, app })) };
}

/** The clusters on which the group or the person of the options has access; undefined if neither is given. */
function grantedClusters(access: Access, { group, login }: KubeconfigOptions): ReadonlySet<string> | undefined {
  if (group === undefined && login === undefined) return undefined;
  const groups =
    login === undefined ? groupNames(group ?? [], Object.keys(access.groups)) : groupsOfLogin(access, login);
  return new Set(
    access.placements.filter((placement) => groups.includes(placement.group)).map(({ cluster }) => cluster),
  );
}

/** The groups that list a person. Who is in the others is in Okta, not in the file. */
function groupsOfLogin(access: Access, login: string): readonly string[] {
  const groups = membershipsOf(access, login).map(({ group }) => group);
  const granted = new Set(access.placements.map(({ group }) => group));
  const open = Object.entries(access.groups).flatMap(([name, { logins }]) =>
    logins === undefined && granted.has(name) ? [escaped(name)] : [],
  );
  const unsaid =
    open.length === 0
      ? ''
      : ` The file does not say who is in ${enumerated(open, 10)}: for ${open.length === 1 ? 'this group' : 'one of these groups'}, use --group.`;
  if (groups.length > 0) {
    if (unsaid !== '') printError(`${unsaid.trimStart()}\n`);
    return groups;
  }
  const logins = Object.values(access.groups).flatMap((group) => (group.logins ?? []).map(loginKey));
  const nearest = nearestName(login, [...new Set(logins)]);
  const meant = nearest === undefined ? '' : ` Did you mean '${escaped(nearest)}'?`;
  throw new AccessError(`The access file lists '${escaped(login)}' in no group.${meant}${unsaid}`);
}

/** The clusters of the options. A named cluster without access is an error. */
function limited(
  named: readonly string[] | undefined,
  all: readonly string[],
  granted: ReadonlySet<string> | undefined,
  { group, login }: KubeconfigOptions,
): readonly string[] {
  const keys = (named ?? all).filter((key) => granted?.has(key) ?? true);
  const without = named?.filter((key) => !keys.includes(key)) ?? [];
  const who = escaped(login ?? group?.join(', ') ?? '');
  if (without.length > 0) throw new AccessError(`${who} has no access to ${nameList(without)}.`);
  if (keys.length === 0 && granted !== undefined) throw new AccessError(`${who} has access to no cluster.`);
  return keys;
}

async function fromPortal(options: KubeconfigOptions, given: string): Promise<Source> {
  const { href: url } = portalUrl(given);
  const portal = await fetchPortal({ url, caFile: options.portalCa });
  const all = portal.clusters.map(({ key }) => key);
  const named = options.cluster?.map((key) => knownName('cluster', key, all, 'The portal'));
  const names = portal.groups.map(({ name }) => name);
  const groups = options.group === undefined ? undefined : groupNames(options.group, names, 'The portal');
  const granted = groups && new Set(groups.flatMap((group) => [...clustersOfGroup(portal, group)]));
  const keys = new Set(limited(named, all, granted, options));
  const signIn = signInOf(portal);
  const data = signIn && { ...signIn, clusters: signIn.clusters.filter(({ key }) => keys.has(key)) };
  const known = new Set(data?.clusters.map(({ key }) => key));
  const missing = [...keys].filter((key) => !known.has(key));
  if (data === undefined || known.size === 0 || (named !== undefined && missing.length > 0)) {
    throw new AccessError(
      `The portal does not know yet how to sign in to ${nameList(missing)}. Ask whoever publishes it.`,
    );
  }
  await confirmPortal({
    ...{ url, data, environment: process.env, issuer: options.issuer, allowedHosts: options.allowEndpoint },
    confirm: (text) => confirmed(text, options.yes ?? false),
  });
  return {
    data,
    leftOut: missing.map((key) => ({ key, missing: ['values of Okta and AWS'] })),
    allClusters: portal.clusters.map(({ key, app }) => ({ key, app })),
  };
}

async function confirmed(text: string, yes: boolean): Promise<boolean> {
  printError(`${text}\n`);
  if (yes) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new AccessError(
      'Compare this with what you know, and confirm it with --yes. --issuer URL refuses any other issuer.',
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Is that right? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}

/** As many left-out clusters as a message names. */
const MOST_LEFT_OUT = 10;

function sayLeftOut({ leftOut }: Source): void {
  if (leftOut.length === 0) return;
  const clusters = leftOut.map(({ key, missing }) => `${escaped(key)} (not known: ${missing.join(', ')})`);
  printError(`Left out: ${enumerated(clusters, MOST_LEFT_OUT)}\n`);
}

function merge(file: string, kubeconfig: Kubeconfig, replace = false): void {
  withLock(file, () => {
    const before = readTextFile(file);
    const { text, added, changed } = mergedKubeconfig(before ?? '', escaped(file), kubeconfig, replace);
    if (text === before) return printError(`${escaped(file)} has everything already. Nothing was changed.\n`);
    if (before !== undefined) writePrivateFile(`${file}.bak`, before);
    writePrivateFile(file, text);
    const backup = before === undefined ? '' : ` The file as it was: ${escaped(file)}.bak.`;
    printError(`${escaped(file)}: ${counted(added.length, 'context')} added, ${changed.length} changed.${backup}\n`);
  });
  sayHowToSignIn(kubeconfig, file);
}

/** Writes a kubeconfig of its own. It replaces an earlier one, and nothing else. */
function write(file: string, kubeconfig: Kubeconfig): void {
  const text = kubeconfigYaml(kubeconfig);
  const before = readTextFile(file);
  const foreign = before === undefined ? [] : foreignEntries(before, escaped(file), kubeconfig);
  if (foreign.length > 0) {
    throw new AccessError(
      `${escaped(file)} has entries for something else: ${nameList(foreign)}. Keep them with --merge ${escaped(file)}, or give --out another name. Nothing was changed.`,
    );
  }
  if (text !== before) writePrivateFile(file, text);
  printError(`${escaped(file)}: ${counted(kubeconfig.contexts.length, 'context')}.\n`);
  sayHowToSignIn(kubeconfig, file);
}

function sayHowToSignIn(kubeconfig: Kubeconfig, file: string): void {
  const usual = file === join(homedir(), '.kube', 'config') || file === process.env.KUBECONFIG;
  const option = usual ? '' : ` --kubeconfig ${escaped(file)}`;
  printError(`Sign in: kubectl${option} --context ${escaped(kubeconfig['current-context'])} get pods\n`);
}

/** Reads the preferences of kubectl, and returns what writes them with the plugin. */
function pluginPolicy({ kuberc, findingsOk }: KubeconfigOptions): () => void {
  if (kuberc === undefined) return () => {};
  const file = pathOf(kuberc === true ? process.env.KUBERC || join(homedir(), '.kube', 'kuberc') : kuberc);
  if (file === 'off') return () => printError('KUBERC is off: kubectl has no policy for plugins. Nothing to allow.\n');
  const before = readTextFile(file);
  const name = escaped(file);
  const { text, outcome, policy } = kubercWithPlugin(before ?? '', name, findTool(KUBECTL));
  return () => {
    if (outcome === 'added') {
      if (before !== undefined) writePrivateFile(`${file}.bak`, before);
      writePrivateFile(file, text);
      printError(
        `${name}: kubectl may run kubectl as a credential plugin now, and through it kubelogin. The file as it was: ${name}.bak.\n`,
      );
    } else if (outcome === 'allowed') {
      const why =
        policy === 'Allowlist'
          ? 'lists kubectl already'
          : policy === null
            ? 'has no policy for plugins'
            : `has the policy ${policy}`;
      printError(
        `${name} ${before === undefined ? 'does not exist, so there is no policy for plugins' : why}. Nothing to allow.\n`,
      );
    } else {
      printError(
        `${name} has the policy DenyAll, so kubectl runs no plugin, and nobody can sign in. Change it to Allowlist, and run this again.\n`,
      );
      reportFindings(true, { findingsOk });
    }
  };
}

function check(options: KubeconfigOptions, file: string, source: Source): void {
  const text = readTextFile(file);
  if (text === undefined)
    throw new AccessError(`${escaped(file)} does not exist. Make it with --merge ${escaped(file)}.`);
  const found = checkKubeconfig(text, file, { ...source, contextFormat: options.contextFormat });
  if (options.format === 'json') print(jsonText(found));
  else printFormat('text', kubeconfigCheckText(found, file));
  reportFindings(
    found.contexts.some(({ state }) => state !== 'right'),
    options,
  );
}
