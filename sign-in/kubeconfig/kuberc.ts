import { basename } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';
import { AccessError } from '../../constraints/access-error';
import { KUBELOGIN } from './kubelogin-arguments';
import { damaged } from './read-kubeconfig';
import { pairOf, YamlEdits } from './yaml-edits';

/** The preferences of kubectl, after the plugin was allowed. */
export interface AllowedPlugin {
  /** The text of the file; the same as before if nothing had to change. */
  readonly text: string;
  /**
   * `added`: the plugin is on the list now. `allowed`: the policy allows it already. `denied`: the policy refuses every
   * plugin, which only the person can change.
   */
  readonly outcome: 'added' | 'allowed' | 'denied';
  /** The policy of the file; null without one, which allows every plugin. */
  readonly policy: string | null;
}

const API_GROUP = 'kubectl.config.k8s.io/';

/**
 * Allows kubelogin in the text of a kuberc file if its policy is a list. An entry is
 * called `name`, which every version knows, unless the file already uses `command`, which Kubernetes 1.36 added.
 * @param name the name of the file, for messages.
 * @param program the file that kubelogin is on PATH, because a list can name it; undefined if it is not there.
 * @throws AccessError with line and column for a damaged file.
 * @see https://kubernetes.io/docs/reference/config-api/kuberc.v1beta1
 */
export function kubercWithPlugin(text: string, name: string, program: string | undefined): AllowedPlugin {
  const { preferences, policy, list, entries, names } = pluginPolicy(text, name);
  if (preferences === undefined) return { text, outcome: 'allowed', policy };
  if (policy === null || policy === 'AllowAll') return { text, outcome: 'allowed', policy };
  if (policy === 'DenyAll') return { text, outcome: 'denied', policy };
  if (names.some((entry) => entry === KUBELOGIN || (isProgram(entry) && entry === program))) {
    return { text, outcome: 'allowed', policy };
  }
  const key = entries.some((entry) => textOf(entry, 'command') !== '') ? 'command' : 'name';
  const edits = new YamlEdits(text);
  if (isSeq(list) && list.items.length > 0) edits.addItems(list, [{ [key]: KUBELOGIN }]);
  else edits.setKeys(preferences, { credentialPluginAllowlist: [{ [key]: KUBELOGIN }] });
  const result = edits.result();
  // Read once more: what the changes cannot express in this file ends here.
  const added = preferencesOf(result, name);
  const addedList = added === undefined ? undefined : pairOf(added, 'credentialPluginAllowlist')?.value;
  if (!isSeq(addedList) || addedList.items.length !== entries.length + 1) {
    throw new AccessError(
      `${name} is written in a way that could not be changed safely. Add ${key}: ${KUBELOGIN} to credentialPluginAllowlist yourself. Nothing was changed.`,
    );
  }
  return { text: result, outcome: 'added', policy };
}

/** What a kuberc file says about the programs that kubectl may run to sign in. */
export interface PluginPolicy {
  /** The map with the preferences; undefined if the file has none. */
  readonly preferences: YAMLMap | undefined;
  /** Null without one, which allows every plugin. */
  readonly policy: 'AllowAll' | 'DenyAll' | 'Allowlist' | null;
  /** The list of allowed programs, as it is written. */
  readonly list: unknown;
  readonly entries: readonly YAMLMap[];
  /** The names and paths of the list. */
  readonly names: readonly string[];
}

/**
 * Reads the policy for plugins of a kuberc file.
 * @throws AccessError for a damaged file, and for a policy that kubectl refuses.
 */
export function pluginPolicy(text: string, name: string): PluginPolicy {
  const preferences = preferencesOf(text, name);
  if (preferences === undefined) return { preferences, policy: null, list: undefined, entries: [], names: [] };
  const policy = textOf(preferences, 'credentialPluginPolicy') || null;
  if (policy !== null && policy !== 'AllowAll' && policy !== 'DenyAll' && policy !== 'Allowlist') {
    throw new AccessError(
      `${name}: credentialPluginPolicy is neither AllowAll, DenyAll, nor Allowlist, so kubectl refuses the file. Nothing was changed.`,
    );
  }
  const list = pairOf(preferences, 'credentialPluginAllowlist')?.value;
  const entries = isSeq(list) ? list.items.filter((item) => isMap(item)) : [];
  const names = entries
    .flatMap((entry) => [textOf(entry, 'name'), textOf(entry, 'command')])
    .filter((text) => text !== '');
  return { preferences, policy, list, entries, names };
}

function isProgram(path: string): boolean {
  return /^kubectl-oidc_login(\.exe)?$/.test(basename(path));
}

/** The first document that kubectl takes for preferences; the others belong to other versions. */
function preferencesOf(text: string, name: string): YAMLMap | undefined {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  if (!Array.isArray(documents)) return undefined;
  for (const { errors } of documents) {
    if (errors[0] === undefined) continue;
    const { line, col } = lineCounter.linePos(errors[0].pos[0]);
    throw damaged({ text: `${name}, line ${line}, column ${col}` }, 'The file is damaged: this is not valid YAML.');
  }
  return documents
    .map(({ contents }) => contents)
    .filter((contents) => isMap(contents))
    .find((map) => textOf(map, 'kind') === 'Preference' && textOf(map, 'apiVersion').startsWith(API_GROUP));
}

function textOf(map: YAMLMap, key: string): string {
  const value = pairOf(map, key)?.value;
  return isScalar(value) && typeof value.value === 'string' ? value.value : '';
}
