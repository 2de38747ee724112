import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { AccessError } from '../../constraints/access-error';
import { plain } from '../../constraints/finding';
import { isObject } from '../../model/file/is-object';
import { pairOf } from './yaml-edits';

/** The lists of a kubeconfig, each with the key that holds what an entry of it is. */
export const KUBECONFIG_LISTS = { clusters: 'cluster', users: 'user', contexts: 'context' } as const;

/** The name of a list of a kubeconfig. */
export type KubeconfigList = keyof typeof KUBECONFIG_LISTS;

/** An entry of a list of a kubeconfig. */
export interface KubeconfigEntry {
  readonly name: string;
  /** What the entry is, as plain data; an empty object if there is nothing. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Its position in the list. */
  readonly index: number;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** A kubeconfig file that was read. */
export interface KubeconfigFile {
  readonly text: string;
  /** The map of the whole file; undefined for an empty file. */
  readonly root: YAMLMap | undefined;
  /** The whole file as plain data. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The entries of each list, in order. Names can be there more than once. */
  readonly entries: Readonly<Record<KubeconfigList, readonly KubeconfigEntry[]>>;
}

/**
 * Reads a kubeconfig in YAML or JSON.
 * @param name the name of the file, for messages.
 * @throws AccessError with line and column for a damaged file.
 */
export function readKubeconfig(text: string, name: string): KubeconfigFile {
  const { document, placeOf } = parsedYaml(text, name);
  const root = document.contents;
  if (root !== null && !isMap(root))
    throw damaged(placeOf(root), 'The file is not a kubeconfig: it is no map with clusters, users, and contexts.');
  if (root !== null) {
    for (const [key, allowed] of [
      ['kind', 'Config'],
      ['apiVersion', 'v1'],
    ] as const) {
      const value = pairOf(root, key)?.value;
      if (isScalar(value) && value.value !== null && value.value !== '' && value.value !== allowed) {
        throw damaged(
          placeOf(value),
          `The file is not a kubeconfig: ${key} is ${plain(String(value.value))}, and that of a kubeconfig is ${allowed}.`,
        );
      }
    }
  }
  const data = (plainData(document, name, placeOf) ?? {}) as Readonly<Record<string, unknown>>;
  const entries = (list: KubeconfigList) => (root === null ? [] : entriesOf(data[list], root, list, placeOf));
  return {
    ...{ text, data, root: root ?? undefined },
    entries: { clusters: entries('clusters'), users: entries('users'), contexts: entries('contexts') },
  };
}

const DAMAGES: Readonly<Partial<Record<string, string>>> = {
  BAD_INDENT: 'this indentation fits nothing',
  DUPLICATE_KEY: 'this key is there twice',
  MISSING_CHAR: 'a character is missing, such as a colon, a quote, or a bracket',
  MULTIPLE_DOCS: 'it has more than one document',
  TAB_AS_INDENT: 'tabs cannot indent',
};

/** The text and place of a node, such as `config, line 3, column 5`. */
type PlaceOf = (node: unknown) => { readonly text: string; readonly line: number };

/**
 * Parses a YAML or JSON file that is going to be changed.
 * @throws AccessError with line and column if it is damaged.
 */
function parsedYaml(text: string, name: string): { readonly document: Document.Parsed; readonly placeOf: PlaceOf } {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, merge: true });
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { text: `${name}, line ${line}, column ${col}`, line };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    // The library's own message can contain the text of the file, and so a secret.
    throw damaged(place(error.pos[0]), `The file is damaged: ${DAMAGES[error.code] ?? 'this is not valid YAML'}.`);
  }
  return { document, placeOf: (node) => place((node as Node | null)?.range?.[0] ?? 0) };
}

/** An error at a place of a file. */
export function damaged({ text }: { readonly text: string }, message: string): AccessError {
  return new AccessError(`${text}: ${message} Nothing was changed.`);
}

/** As many values as a file has with every alias written out; 1000 clusters have about 30 000. */
const MOST_VALUES = 1_000_000;

/** A document as plain data; fails for an alias without an anchor, and for aliases that would make it huge. */
function plainData(document: Document.Parsed, name: string, placeOf: PlaceOf): unknown {
  const anchors = new Map<string, number>();
  const valuesIn = (node: unknown): number => {
    if (isAlias(node)) {
      const values = anchors.get(node.source);
      if (values === undefined)
        throw damaged(placeOf(node), 'The file is damaged: no anchor has the name of this alias.');
      return values;
    }
    const parts = isMap(node) ? node.items.flatMap(({ key, value }) => [key, value]) : isSeq(node) ? node.items : [];
    const values = parts.reduce<number>((sum, part) => sum + valuesIn(part), 1);
    if (isNode(node) && !isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, values);
    return values;
  };
  if (valuesIn(document.contents) > MOST_VALUES) {
    throw damaged({ text: name }, 'The file has more aliases than a kubeconfig needs.');
  }
  return document.toJS({ maxAliasCount: -1 });
}

/** The list of a kubeconfig; undefined if it is missing or empty. */
export function listOf(root: YAMLMap, list: KubeconfigList): YAMLSeq | undefined {
  const value = pairOf(root, list)?.value;
  return isSeq(value) ? value : undefined;
}

function entriesOf(data: unknown, root: YAMLMap, list: KubeconfigList, placeOf: PlaceOf): readonly KubeconfigEntry[] {
  if (data === undefined || data === null) return [];
  const node = listOf(root, list);
  if (!Array.isArray(data) || node === undefined) {
    throw damaged(placeOf(pairOf(root, list)?.value), `${list} is not a list of its own.`);
  }
  return data.map((entry: Record<string, unknown> | null, index) => {
    const place = placeOf(node.items[index]);
    const value = isObject(entry) ? (entry[KUBECONFIG_LISTS[list]] ?? {}) : undefined;
    if (!isObject(entry) || !isObject(value)) {
      throw damaged(place, `This is no entry of ${list}: a map with name and ${KUBECONFIG_LISTS[list]}.`);
    }
    return { name: typeof entry.name === 'string' ? entry.name : '', value, index, line: place.line };
  });
}
