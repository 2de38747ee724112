import { isDeepStrictEqual } from 'node:util';
import { isMap, type YAMLMap } from 'yaml';
import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import type { ExecStanza, Kubeconfig } from './kubeconfig';
import { kubeloginCall } from './kubelogin-arguments';
import {
  KUBECONFIG_LISTS,
  type KubeconfigEntry,
  type KubeconfigFile,
  type KubeconfigList,
  listOf,
  readKubeconfig,
} from './read-kubeconfig';
import { pairOf, YamlEdits } from './yaml-edits';
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

/** What the merge does with an entry. */
interface Decision {
  readonly list: KubeconfigList;
  readonly name: string;
  /** What the entry is set to; keys that are not there stay. */
  readonly value: Readonly<Record<string, Plain | undefined>>;
  readonly existing: KubeconfigEntry | undefined;
  /** Why the entry is somebody else's, in words; undefined if it may be changed. */
  readonly conflict: string | undefined;
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

/** The issuer at which the user of a kubeconfig signs in with kubelogin; undefined if it signs in in another way. */
export function issuerOfUser(user: Readonly<Record<string, unknown>>): string | undefined {
  return kubeloginCall(execArguments(user))?.flags.get('oidc-issuer-url')?.at(-1);
}

/** The arguments of a user's exec stanza; empty if it has none. */
export function execArguments({ exec }: Readonly<Record<string, unknown>>): readonly string[] {
  const { args } = (typeof exec === 'object' && exec !== null ? exec : {}) as { readonly args?: unknown };
  return Array.isArray(args) ? args.map(String) : [];
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

function issuersOf({ users }: Kubeconfig): ReadonlySet<string> {
  return new Set(users.flatMap(({ user: { exec } }) => issuerOfUser({ exec }) ?? []));
}

function decisionsFor(file: KubeconfigFile, name: string, kubeconfig: Kubeconfig): readonly Decision[] {
  const { entries } = file;
  const find = {
    clusters: finder(entries.clusters, 'clusters', name),
    users: finder(entries.users, 'users', name),
    contexts: finder(entries.contexts, 'contexts', name),
  };
  const issuers = issuersOf(kubeconfig);
  /** Whether a context of the file signs in at our issuer. */
  const isOurs = (context: KubeconfigEntry | undefined) => {
    const user = typeof context?.value.user === 'string' ? find.users(context.value.user) : undefined;
    return user !== undefined && issuers.has(issuerOfUser(user.value) ?? '');
  };
  return [
    ...kubeconfig.clusters.map((cluster): Decision => {
      const existing = find.clusters(cluster.name);
      const context = find.contexts(cluster.name);
      const mayChange =
        existing === undefined ||
        sameServer(existing.value.server, cluster.cluster.server) ||
        (context?.value.cluster === cluster.name && isOurs(context));
      return {
        list: 'clusters',
        name: cluster.name,
        value: clusterValue(cluster.cluster, existing),
        existing,
        conflict: mayChange
          ? undefined
          : `cluster ${escaped(cluster.name)}: its server is ${shownText(existing?.value.server)}, not ${cluster.cluster.server}`,
      };
    }),
    ...kubeconfig.users.map((user): Decision => {
      const existing = find.users(user.name);
      const issuer = existing === undefined ? undefined : issuerOfUser(existing.value);
      const mayChange = existing === undefined || issuers.has(issuer ?? '');
      return {
        list: 'users',
        name: user.name,
        value: { exec: execValue(user.user.exec, existing) },
        existing,
        conflict: mayChange
          ? undefined
          : `user ${escaped(user.name)}: it ${issuer === undefined ? 'does not sign in with kubelogin' : `signs in at ${shownText(issuer)}`}`,
      };
    }),
    ...kubeconfig.contexts.map((context): Decision => {
      const existing = find.contexts(context.name);
      const { value } = existing ?? {};
      const mayChange =
        existing === undefined ||
        (value?.cluster === context.context.cluster && value?.user === context.context.user) ||
        isOurs(existing);
      return {
        list: 'contexts',
        name: context.name,
        value: context.context,
        existing,
        conflict: mayChange
          ? undefined
          : `context ${escaped(context.name)}: it is the cluster ${shownText(value?.cluster)} with the user ${shownText(value?.user)}`,
      };
    }),
  ];
}

/** Finds entries by name; fails for a name that is there twice, because kubectl reads no such file. */
function finder(entries: readonly KubeconfigEntry[], list: KubeconfigList, file: string) {
  const byName = new Map<string, KubeconfigEntry[]>();
  for (const entry of entries) byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);
  return (name: string): KubeconfigEntry | undefined => {
    const [entry, twin] = byName.get(name) ?? [];
    if (twin === undefined) return entry;
    throw new AccessError(
      `${file} has two ${list} with the name ${escaped(name)}, in the lines ${entry?.line} and ${twin.line}. kubectl does not read such a file. Delete one of them. Nothing was changed.`,
    );
  };
}

/** The values of a cluster. What would contradict them is set to the value that says nothing. */
function clusterValue(
  { server, 'certificate-authority-data': certificateAuthority }: Kubeconfig['clusters'][number]['cluster'],
  existing: KubeconfigEntry | undefined,
): Decision['value'] {
  const had = existing?.value ?? {};
  return {
    // `https://a` and `https://a/` are one server.
    server: sameServer(had.server, server) ? (had.server as string) : server,
    'certificate-authority-data':
      certificateAuthority ?? (had['certificate-authority-data'] === undefined ? undefined : ''),
    'insecure-skip-tls-verify': had['insecure-skip-tls-verify'] === true ? false : undefined,
  };
}

/** The exec stanza, with the arguments that the user of the file has added, such as `--browser-command`, in their places. */
function execValue(stanza: ExecStanza, existing: KubeconfigEntry | undefined): Plain {
  const args = [...stanza.args];
  const own = existing === undefined ? [] : (kubeloginCall(execArguments(existing.value))?.own ?? []);
  // From the end, so that several behind one word stay in order.
  for (const { behind, words } of [...own].reverse()) {
    const flag = `${behind.split('=')[0]}=`;
    const same = args.indexOf(behind);
    const place = same >= 0 ? same : args.findLastIndex((argument) => argument.startsWith(flag));
    args.splice(place < 0 ? args.length : place + 1, 0, ...words);
  }
  return { ...stanza, args };
}

/** Whether a value is the URL of a server. */
export function sameServer(a: unknown, b: string): boolean {
  return typeof a === 'string' && URL.canParse(a) && new URL(a).href === new URL(b).href;
}

function shownText(value: unknown): string {
  return typeof value === 'string' && value !== '' ? escaped(value) : 'nothing';
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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const start = typeof old === 'object' && old !== null && !Array.isArray(old) ? (old as Record<string, unknown>) : {};
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
