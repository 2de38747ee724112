import { abbreviated } from '../constraints/abbreviated';
import { pathText } from '../model/file/path';
import type { Change } from '../model/review/changes';
import type { AccessDiff, DiffRow } from '../model/review/diff';
import type { GuardChange } from '../model/review/guard-changes';
import type { SensitivePermission } from '../rbac/sensitive-permissions';
import { counted, enumerated } from './words';

/** The difference between two access files. */
export interface DiffReport {
  /** The old access file as the user named it. */
  readonly before: string;
  /** The new one. */
  readonly after: string;
  readonly diff: AccessDiff;
  /** The sensitive permissions that someone gains in a place where they did not have them. */
  readonly sensitive: readonly SensitivePermission[];
  readonly guards: readonly GuardChange[];
}

/** Whether there is no difference. */
export function isUnchanged({ diff: { gains, losses, changes } }: DiffReport): boolean {
  return gains.length + losses.length + changes.length === 0;
}

/**
 * Other changes as one sentence for each value. The same change on several clusters is one sentence.
 * @param name formats a name or value.
 */
export function changeSentences(changes: readonly Change[], name: (text: string) => string): readonly string[] {
  const byRest = new Map<string, { change: Change; clusters: string[] }>();
  for (const change of changes) {
    const [top, cluster, ...rest] = change.segments;
    const isOfCluster = top === 'clusters' && rest.length > 0;
    const identity = isOfCluster ? JSON.stringify([rest, change.old, change.new]) : change.path;
    const known = byRest.get(identity) ?? { change, clusters: [] };
    if (isOfCluster) known.clusters.push(String(cluster));
    byRest.set(identity, known);
  }
  return [...byRest.values()].map(({ change, clusters }) => {
    if (clusters.length < 2) return `${name(change.path)} ${changeWords(change, name)}`;
    const path = pathText(['clusters', '*', ...change.segments.slice(2)]);
    return `${name(path)} on ${placeNames(clusters, 'clusters', name)} ${changeWords(change, name)}`;
  });
}

function changeWords({ old, new: now }: Change, name: (text: string) => string): string {
  if (old === null) return `is new: ${name(valueText(now))}`;
  if (now === null) return `is removed; it was ${name(valueText(old))}`;
  if (!Array.isArray(old) || !Array.isArray(now)) {
    return `changes from ${name(valueText(old))} to ${name(valueText(now))}`;
  }
  const without = (list: unknown[], others: unknown[]) => {
    const texts = new Set(others.map(valueText));
    return list.map(valueText).filter((text) => !texts.has(text));
  };
  const [added, removed] = [without(now, old), without(old, now)];
  const parts = [
    ...(added.length > 0 ? [`adds ${enumerated(added.map(name))}`] : []),
    ...(removed.length > 0 ? [`removes ${enumerated(removed.map(name))}`] : []),
  ];
  return parts.join(' and ') || `changes from ${name(valueText(old))} to ${name(valueText(now))}`;
}

/** A value on one line, with strings in single quotes as in the file. */
function valueText(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

/** Changes of guards, one sentence each. */
export function guardSentences(guards: readonly GuardChange[], name: (text: string) => string): readonly string[] {
  const members = (list: readonly string[] | undefined) =>
    list === undefined ? 'everyone whose role allows it' : enumerated(list.map(name)) || 'nobody';
  return guards.map(
    ({ guard, clusters, before, after }) =>
      `The guard ${name(guard)} on ${placeNames(clusters, 'clusters', name)} lets through ${members(after)} instead of ${members(before)}`,
  );
}

/** The numbers of gains, losses and other changes. */
export function diffCounts({ gains, losses, changes }: AccessDiff): string {
  return `${counted(gains.length, 'gain')}, ${counted(losses.length, 'loss', 'losses')}, ${counted(changes.length, 'other change')}`;
}

/** Rows of a difference that are one sentence. */
interface RowChange {
  readonly verb: 'gain' | 'lose';
  readonly group: string;
  readonly role: string;
  readonly sensitive: readonly SensitivePermission[];
  /** Whether people join or leave the group. Otherwise the whole group gains or loses a role. */
  readonly isMembership: boolean;
  /** Whether the role holds on whole clusters. Otherwise it holds in the namespaces. */
  readonly isClusterWide: boolean;
  readonly who: readonly string[];
  readonly clusters: readonly string[];
  readonly namespaces: readonly string[];
}

/**
 * Gains and losses as sentences by group. The same role in several places, or for several people, is one sentence.
 * @param name formats a name.
 */
export function changesByGroup(
  { gains, losses }: Pick<AccessDiff, 'gains' | 'losses'>,
  name: (text: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const changes = [...changesOf('gain', gains), ...changesOf('lose', losses)];
  const byGroup = new Map<string, string[]>();
  for (const group of changes.map((change) => change.group).sort()) byGroup.set(group, []);
  for (const change of changes) byGroup.get(change.group)?.push(sentence(change, name));
  return byGroup;
}

function changesOf(verb: RowChange['verb'], rows: readonly DiffRow[]): readonly RowChange[] {
  const changes = rows.map(
    ({ group, cluster, namespace, role, sensitive, who }): RowChange => ({
      verb,
      group,
      role,
      sensitive,
      isMembership: who !== undefined,
      isClusterWide: namespace === null,
      who: who === undefined ? [] : [who],
      clusters: [cluster],
      namespaces: namespace === null ? [] : [namespace],
    }),
  );
  return merged('who', merged('clusters', merged('namespaces', changes)));
}

/** Merges changes that differ only in one of their lists. */
function merged(list: 'who' | 'clusters' | 'namespaces', changes: readonly RowChange[]): readonly RowChange[] {
  const byRest = new Map<string, { change: RowChange; names: string[] }>();
  for (const change of changes) {
    const rest = JSON.stringify({ ...change, [list]: [] });
    const known = byRest.get(rest);
    if (known === undefined) byRest.set(rest, { change, names: [...change[list]] });
    else known.names.push(...change[list]);
  }
  return [...byRest.values()].map(({ change, names }) => ({ ...change, [list]: names }));
}

function sentence(change: RowChange, name: (text: string) => string): string {
  const { verb, group, role, sensitive, isMembership, who, clusters, namespaces } = change;
  const comma = clusters.length > MOST_NAMED ? ',' : '';
  const inNamespaces = namespaces.length === 0 ? '' : `${comma} in ${placeNames(namespaces, 'namespaces', name)}`;
  const what = `${name(role)} on ${placeNames(clusters, 'clusters', name)}${inNamespaces}`;
  const sensitiveNote = sensitive.length === 0 ? '' : ` (sensitive: ${sensitive.join(', ')})`;
  if (!isMembership) return `${name(group)} ${verb} ${what}${sensitiveNote}`;
  const s = who.length === 1 && !isRule(who[0]) ? 's' : '';
  const moves = verb === 'gain' ? `join${s}` : `leave${s}`;
  return `${enumerated(who.map((people) => person(people, name)))} ${moves} ${name(group)} and ${verb}${s} ${what}${sensitiveNote}`;
}

const RULE = 'rule: ';

function isRule(who: string | undefined): boolean {
  return who?.startsWith(RULE) === true;
}

function person(who: string, name: (text: string) => string): string {
  return isRule(who) ? `people matched by the rule ${name(who.slice(RULE.length))}` : name(who);
}

const MOST_NAMED = 4;

/** Clusters or namespaces in a sentence: up to four by name, otherwise their number and the first three. */
function placeNames(names: readonly string[], what: string, name: (text: string) => string): string {
  const formatted = names.map(name);
  return names.length <= MOST_NAMED
    ? enumerated(formatted)
    : `${names.length} ${what}: ${abbreviated(formatted, MOST_NAMED)}`;
}
