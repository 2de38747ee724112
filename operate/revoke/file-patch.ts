import type { Pair, YAMLMap, YAMLSeq } from 'yaml';
import { loginKey } from '../../constraints/okta/login';
import { formatOf } from '../../input/access-format';
import { parsedText } from '../../input/parsed-text';
import { pairOf, YamlEdits } from '../../sign-in/kubeconfig/yaml-edits';
import { unifiedDiff } from './unified-diff';

/** What to take out of the access file, so that a person's memberships do not come back. */
export interface FilePatch {
  /** The change of the file in the unified format; empty if no line is changed by it. */
  readonly diff: string;
  /** Lines of code that name the person, which somebody has to change by hand. */
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  /** Places that are not in the diff, such as `groups.eks-admins.logins[0]`. */
  readonly byHand: readonly string[];
  /** The lines of the places, from 1, as far as they are known. */
  readonly lineOf: ReadonlyMap<string, number>;
}

/** A login in the list of a group. */
export interface ListedLogin {
  readonly group: string;
  readonly path: string;
}

/**
 * Takes a person out of the lists of an access file. Comments, order, and all other lines stay.
 * @param file the path of the file, which says its format.
 */
export function filePatch(file: string, text: string, login: string, listed: readonly ListedLogin[]): FilePatch {
  const format = formatOf(file);
  if (format === 'ts') {
    const byHand = listed.map(({ path }) => path);
    return { diff: '', lines: linesWith(text, login), byHand, lineOf: new Map() };
  }
  const remove = format === 'yaml' ? withoutInYaml : withoutInJson;
  const byHand: string[] = [];
  let changed = text;
  for (const { group, path } of listed) {
    const next = remove(changed, group, login);
    if (next === undefined) byHand.push(path);
    else changed = next;
  }
  const { placed } = parsedText(text, format);
  const lineOf = listed.map(({ path }) => [path, placed({ ...NO_PROBLEM, path }).line ?? 0] as const);
  return { diff: unifiedDiff(file, text, changed), lines: [], byHand, lineOf: new Map(lineOf) };
}

/** Lines are found for problems. */
const NO_PROBLEM = { check: '', message: '', given: '', allowed: '', fix: '' };

/** The lines of code with a login in quotes. */
function linesWith(text: string, login: string): FilePatch['lines'] {
  const quoted = new RegExp(`(['"\`])${login.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\1`, 'i');
  return text.split('\n').flatMap((line, index) => (quoted.test(line) ? [{ line: index + 1, text: line.trim() }] : []));
}

/** JSON without a login in the list of a group; undefined if the list is not found. */
function withoutInJson(text: string, group: string, login: string): string | undefined {
  const { findNodeAtLocation, getNodeValue, parseTree } = require('jsonc-parser') as typeof import('jsonc-parser');
  const tree = parseTree(text);
  const list = tree && findNodeAtLocation(tree, ['groups', group, 'logins']);
  const index = list === undefined ? -1 : indexOf(getNodeValue(list), login);
  const items = list?.children ?? [];
  const item = items[index];
  if (item === undefined) return undefined;
  const end = item.offset + item.length;
  const next = items[index + 1];
  if (next !== undefined) return cut(text, ownLine(text, item.offset, end) ?? [item.offset, next.offset]);
  const previous = items[index - 1];
  if (previous === undefined) return cut(text, [item.offset, end]);
  const endOfPrevious = previous.offset + previous.length;
  const [comma] = /^\s*,/.exec(text.slice(endOfPrevious, item.offset)) ?? [];
  const line = ownLine(text, item.offset, end);
  // The comma before the last item goes, and a comment behind it stays.
  return comma === undefined || line === undefined
    ? cut(text, [endOfPrevious, end])
    : cut(cut(text, line), [endOfPrevious, endOfPrevious + comma.length]);
}

type Range = readonly [start: number, end: number];

function cut(text: string, [start, end]: Range): string {
  return text.slice(0, start) + text.slice(end);
}

/** The line of an item that has one of its own, with the comment behind it; undefined for other items. */
function ownLine(text: string, start: number, end: number): Range | undefined {
  const first = text.lastIndexOf('\n', start) + 1;
  const next = text.indexOf('\n', end);
  const isAlone =
    text.slice(first, start).trim() === '' && /^\s*,?\s*(\/\/.*)?$/.test(text.slice(end, Math.max(next, end)));
  return isAlone && next >= 0 ? [first, next + 1] : undefined;
}

/** YAML without a login in the list of a group; undefined if the list is elsewhere, such as behind an alias. */
function withoutInYaml(text: string, group: string, login: string): string | undefined {
  const { isMap, isSeq, parseDocument } = require('yaml') as typeof import('yaml');
  const { contents } = parseDocument(text, { merge: true });
  const inside = (map: unknown, key: string): Pair | undefined => (isMap(map) ? pairOf(map, key) : undefined);
  const map = inside(inside(contents, 'groups')?.value, group)?.value;
  const pair = inside(map, 'logins');
  if (pair === undefined || !isSeq(pair.value) || pair.value.anchor !== undefined) return undefined;
  const logins: unknown = pair.value.toJSON();
  const index = indexOf(logins, login);
  if (index < 0) return undefined;
  const left = (logins as string[]).filter((_, at) => at !== index);
  if (left.length === 0) return emptied(text, pair, pair.value);
  const edits = new YamlEdits(text);
  edits.setValue(map as YAMLMap, pair, left);
  return edits.result();
}

/** A text in which a list is empty. Without its key, the members would come from elsewhere. */
function emptied(text: string, { key }: Pair, list: YAMLSeq): string {
  const rangeOf = (node: unknown) => (node as { readonly range: readonly [number, number, number] }).range;
  const [start, end] = rangeOf(list);
  if (list.flow === true) return `${text.slice(0, start)}[]${text.slice(end)}`;
  const colon = text.indexOf(':', rangeOf(key)[1]) + 1;
  const firstLine = text.lastIndexOf('\n', start) + 1;
  const lastLine = text.indexOf('\n', rangeOf(list.items.at(-1))[1]);
  const rest = lastLine < 0 ? '' : text.slice(lastLine + 1);
  return `${text.slice(0, colon)} []${text.slice(colon, firstLine)}${rest}`;
}

function indexOf(logins: unknown, login: string): number {
  if (!Array.isArray(logins)) return -1;
  return logins.findIndex((name) => typeof name === 'string' && loginKey(name) === loginKey(login));
}
