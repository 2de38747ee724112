import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { escaped } from '../constraints/finding';
import { nameList } from '../constraints/nearest-name';
import { AccessError } from '../model';
import { kubeconfigCheckText } from '../report/kubeconfig-check-text';
import { counted, enumerated } from '../report/words';
import { findTool } from '../sandbox/missing-tools';
import { checkKubeconfig } from '../sign-in/kubeconfig/check-kubeconfig';
import { type Kubeconfig, kubeconfigOf } from '../sign-in/kubeconfig/kubeconfig';
import { kubeconfigCommands, type Shell } from '../sign-in/kubeconfig/kubeconfig-commands';
import { KUBELOGIN } from '../sign-in/kubeconfig/kubelogin-arguments';
import { kubercWithPlugin } from '../sign-in/kubeconfig/kuberc';
import { foreignEntries, kubeconfigYaml, mergedKubeconfig } from '../sign-in/kubeconfig/merge-kubeconfig';
import { readTextFile, withLock, writePrivateFile } from '../sign-in/kubeconfig/private-file';
import { shQuoted } from '../sign-in/sh-quoted';
import { reportFindings } from './findings-ok';
import { jsonText } from './formats';
import { type KubeconfigSource, kubeconfigSource, type SourceOptions } from './kubeconfig-source';
import { print, printError, printFormat } from './print';

export interface KubeconfigOptions extends SourceOptions {
  readonly format: string;
  readonly findingsOk?: boolean;
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
}

/** Makes, merges, or checks a kubeconfig. */
export async function runKubeconfig(options: KubeconfigOptions): Promise<void> {
  refuseUnused(options);
  const source = await kubeconfigSource(options);
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
  if (path === '') throw new AccessError('An option that takes a file has an empty value.');
  if (path === process.env.KUBECONFIG && path.includes(delimiter)) {
    throw new AccessError(`KUBECONFIG names several files. Name one of them: ${nameList(path.split(delimiter))}.`);
  }
  return path.replace(/^~(?=[/\\])/, () => homedir());
}

/** As many left-out clusters as a message names. */
const MOST_LEFT_OUT = 10;

function sayLeftOut({ leftOut }: KubeconfigSource): void {
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
  const option = usual ? '' : ` --kubeconfig ${escaped(shQuoted(file))}`;
  printError(`Sign in: kubectl${option} --context ${escaped(shQuoted(kubeconfig['current-context']))} get pods\n`);
}

/** Reads the preferences of kubectl, and returns what writes them with the plugin. */
function pluginPolicy({ kuberc, findingsOk }: KubeconfigOptions): () => void {
  if (kuberc === undefined) return () => {};
  const file = pathOf(kuberc === true ? process.env.KUBERC || join(homedir(), '.kube', 'kuberc') : kuberc);
  if (file === 'off') return () => printError('KUBERC is off: kubectl has no policy for plugins. Nothing to allow.\n');
  const before = readTextFile(file);
  const name = escaped(file);
  const { text, outcome, policy } = kubercWithPlugin(before ?? '', name, findTool({ commands: [KUBELOGIN] }));
  return () => {
    if (outcome === 'added') {
      if (before !== undefined) writePrivateFile(`${file}.bak`, before);
      writePrivateFile(file, text);
      printError(
        `${name}: kubectl may run ${KUBELOGIN} as a credential plugin now. The file as it was: ${name}.bak.\n`,
      );
    } else if (outcome === 'allowed') {
      const why =
        policy === 'Allowlist'
          ? `lists ${KUBELOGIN} already`
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

function check(options: KubeconfigOptions, file: string, source: KubeconfigSource): void {
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
