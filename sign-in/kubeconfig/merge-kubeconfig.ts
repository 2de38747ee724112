import { isDeepStrictEqual } from 'node:util';
import { isMap, type YAMLMap } from 'yaml';
import { AccessError } from '../../constraints/access-error';
import { isObject } from '../../model/file/is-object';
import type { Kubeconfig } from './kubeconfig';
import { issuerOfUser, issuersOf } from './kubeconfig-user';
import { type Decision, decisionsFor } from './merge-decisions';
import { KUBECONFIG_LISTS, type KubeconfigFile, type KubeconfigList, listOf, readKubeconfig } from './read-kubeconfig';
import { YamlEdits } from './yaml-edits';
import { type Plain, yamlLines } from './yaml-text';

/** A kubeconfig file with the entries of a sign-in. */
export interface MergedKubeconfig {
  /** The text of the file; the same as before if nothing changed. */
  readonly text: string;
  /** Names of the contexts that are new. */
  readonly added: readonly string[];
  /** Names of the contexts of which something changed, such as the certificate authority. */
  readonly changed: readonly string[];
}

/**
 * Merges a sign-in into the text of a kubeconfig file. Every character of it stays, except values of the entries of the
 * sign-in that are no longer right. An entry is ours if its context signs in with kubelogin at the same issuer.
 * @param name the name of the file, for messages.
 * @param replace whether to replace entries of the same names that are somebody else's.
 * @throws AccessError for a damaged file, and for entries of somebody else.
 */
export function mergedKubeconfig(
  text: string,
  name: string,
  kubeconfig: Kubeconfig,
  replace = false,
): MergedKubeconfig {
  const file = readKubeconfig(text, name);
  if (file.root === undefined) {
    const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return {
      text: start + kubeconfigYaml(kubeconfig),
      added: kubeconfig.contexts.map((context) => context.name),
      changed: [],
    };
  }
  const decisions = decisionsFor(file, name, kubeconfig);
  const conflicts = decisions.filter(({ conflict }) => conflict !== undefined);
  if (conflicts.length > 0 && !replace) {
    const lines = conflicts.map((decision) => `  line ${decision.existing?.line}: ${decision.conflict}`);
    throw new AccessError(
      `${name} has entries of the same names that are for something else:\n${lines.join('\n')}\nGive the contexts other names, such as --context-format '{organization}/{cluster}', or replace these entries with --replace. Nothing was changed.`,
    );
  }
  return applied(file, name, file.root, decisions, kubeconfig['current-context']);
}

/** A kubeconfig as YAML. */
export function kubeconfigYaml(kubeconfig: Kubeconfig): string {
  return `${yamlLines(kubeconfig as unknown as Plain).join('\n')}\n`;
}

/**
 * The names of a file's contexts and users that do not sign in at the issuer of a kubeconfig.
 * @throws AccessError for a file that is not a kubeconfig.
 */
export function foreignEntries(text: string, name: string, kubeconfig: Kubeconfig): readonly string[] {
  const { contexts, users } = readKubeconfig(text, name).entries;
  const issuers = issuersOf(kubeconfig);
  const ours = new Set(users.filter(({ value }) => issuers.has(issuerOfUser(value) ?? '')).map((user) => user.name));
  return [
    ...contexts.filter(({ value }) => !ours.has(String(value.user))),
    ...users.filter((user) => !ours.has(user.name)),
  ].map((entry) => entry.name);
}

function applied(
  file: KubeconfigFile,
  name: string,
  root: YAMLMap,
  decisions: readonly Decision[],
  currentContext: string,
): MergedKubeconfig {
  const edits = new YamlEdits(file.text);
  const expected: Record<string, unknown> = { ...file.data };
  const current = file.data['current-context'];
  const isSelected = current !== undefined && current !== null && current !== '';
  // Set last: a missing list comes behind what is added to the last one.
  const ofRoot: Record<string, Plain> = isSelected ? {} : { 'current-context': currentContext };
  const lists = Object.keys(KUBECONFIG_LISTS) as KubeconfigList[];
  for (const list of lists) {
    const inner = KUBECONFIG_LISTS[list];
    const node = listOf(root, list);
    const ofList = decisions.filter((decision) => decision.list === list);
    const entries = [...((file.data[list] as readonly unknown[] | null | undefined) ?? [])];
    for (const decision of ofList) {
      const { existing, conflict, value } = decision;
      if (existing === undefined || node === undefined) continue;
      const item = node.items[existing.index];
      if (conflict !== undefined || !isMap(item)) {
        const entry = { name: decision.name, [inner]: value };
        edits.replaceItem(node, existing.index, entry);
        entries[existing.index] = merged({}, entry);
      } else {
        edits.setKeys(item, { [inner]: value });
        entries[existing.index] = merged(entries[existing.index], { [inner]: value });
      }
    }
    const added = ofList
      .filter(({ existing }) => existing === undefined)
      .map((decision) => ({ name: decision.name, [inner]: decision.value }));
    if (added.length > 0) {
      if (node === undefined || node.items.length === 0) ofRoot[list] = added;
      else edits.addItems(node, added);
      entries.push(...added.map((entry) => merged({}, entry)));
    }
    if (entries.length > 0) expected[list] = entries;
  }
  edits.setKeys(root, ofRoot);
  if (!isSelected) expected['current-context'] = currentContext;
  const text = edits.result();
  verify(text, name, expected);
  const before = new Map(file.entries.contexts.map((entry) => [entry.name, entry]));
  const touched = new Set(
    decisions
      .filter(
        ({ list, existing, value }) =>
          existing !== undefined && !isSubset(value, existing.value) && list !== 'contexts',
      )
      .map((decision) => `${decision.list}/${decision.name}`),
  );
  const contexts = decisions.filter(({ list }) => list === 'contexts');
  return {
    text,
    added: contexts.filter((context) => !before.has(context.name)).map((context) => context.name),
    changed: contexts
      .filter(
        ({ name: context, existing, value }) =>
          existing !== undefined &&
          (!isSubset(value, existing.value) ||
            touched.has(`clusters/${context}`) ||
            touched.has(`users/${value.user}`)),
      )
      .map((context) => context.name),
  };
}

/** The JSON of a value with other values over it, key by key. */
function merged(old: unknown, value: unknown): unknown {
  if (!isObject(value)) return value;
  const start = isObject(old) ? old : {};
  const result: Record<string, unknown> = { ...start };
  for (const [key, entry] of Object.entries(value)) if (entry !== undefined) result[key] = merged(start[key], entry);
  return result;
}

function isSubset(value: unknown, of: unknown): boolean {
  return isDeepStrictEqual(merged(of, value), of);
}

/**
 * Reads the result once more. A file can say the same in many ways, such as with anchors that entries share; whatever
 * these changes cannot express without touching another entry ends here instead of in the file.
 */
function verify(text: string, name: string, expected: unknown): void {
  let data: unknown;
  try {
    data = readKubeconfig(text, name).data;
  } catch {
    data = undefined;
  }
  if (isDeepStrictEqual(data, expected)) return;
  throw new AccessError(
    `${name} is written in a way that could not be changed safely, such as with anchors that several entries share. Write the kubeconfig to a file of its own with --out, and name both files in KUBECONFIG. Nothing was changed.`,
  );
}
