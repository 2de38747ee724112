import { abbreviated } from '../constraints/abbreviated';
import { groupBy } from '../model/derived/group-by';
import { pathText } from '../model/file/path';
import type { Change } from '../model/review/changes';
import type { AccessDiff } from '../model/review/diff';
import { EFFECTS, type Effect } from '../model/review/effects/effect';
import type { Path } from '../model/review/paths';
import type { DiffRow } from '../model/review/row-diff';
import { type PolicyRule, ruleText } from '../rbac/policy-rule';
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
  /** The certain paths that someone gains. */
  readonly opened: readonly Path[];
}

/** Whether nobody gains or loses anything, because nothing differs or only texts do. */
export function isWithoutEffect({ diff: { gains, losses, changes } }: DiffReport): boolean {
  return gains.length + losses.length === 0 && changes.every(({ isText }) => isText);
}

/** What each effect means, as the heading of its changes. */
const HEADINGS: Readonly<Record<Effect, string>> = {
  widens: 'Widens: somebody can do more, reach more, stay longer, or sign in with less',
  moves: 'Moves: the same grants act on another cluster, account, or organization',
  replaces: 'Replaces: something is unavailable, destroyed, or irreversible',
  narrows: 'Narrows: somebody can do less, reach less, or must sign in with more',
  neutral: 'Neutral: no effect on access',
};

/**
 * Other changes as one sentence for each value, under a heading for each effect, the gravest first.
 * @param name formats a name or value.
 */
export function changesByEffect(
  changes: readonly Change[],
  name: (text: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const byEffect = EFFECTS.map((effect) => {
    const sentences = changeSentences(
      changes.filter((change) => change.effect === effect),
      name,
    );
    return [HEADINGS[effect], sentences] as const;
  });
  return new Map(byEffect.filter(([, sentences]) => sentences.length > 0));
}

/** The same change on several clusters is one sentence. */
function changeSentences(changes: readonly Change[], name: (text: string) => string): readonly string[] {
  const byRest = new Map<string, { change: Change; clusters: string[] }>();
  for (const change of changes) {
    const [top, cluster, ...rest] = change.segments;
    const isOfCluster = top === 'clusters' && rest.length > 0;
    const identity = isOfCluster ? JSON.stringify([rest, change.old, change.new, change.what]) : change.path;
    const known = byRest.get(identity) ?? { change, clusters: [] };
    if (isOfCluster) known.clusters.push(String(cluster));
    byRest.set(identity, known);
  }
  return [...byRest.values()].map(({ change, clusters }) => {
    const values = changeWords(change, name);
    if (clusters.length < 2) return `${name(change.path)} ${values}. ${change.what}`;
    const path = pathText(['clusters', '*', ...change.segments.slice(2)]);
    return `${name(path)} on ${placeNames(clusters, 'clusters', name)} ${values}. ${change.what}`;
  });
}

/** The certain paths that someone gains: one sentence for the same path on several clusters. */
export function pathSentences(opened: readonly Path[], name: (text: string) => string): readonly string[] {
  const byTarget = groupBy(opened, ({ from, to }) => JSON.stringify([from.kind, from.name, to]));
  return [...byTarget.values()].map((paths) => {
    const [{ from, to }] = paths as [Path];
    const clusters = paths.map(({ cluster }) => cluster);
    return `${name(from.name)} can become ${name(to)} on ${placeNames(clusters, 'clusters', name)}`;
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

/** The numbers of gains, losses and other changes. */
export function diffCounts({ gains, losses, changes }: AccessDiff): string {
  return `${counted(gains.length, 'gain')}, ${counted(losses.length, 'loss', 'losses')}, ${counted(changes.length, 'other change')}`;
}

/** Rows of a difference that are one sentence. */
interface RowChange {
  readonly verb: 'gain' | 'lose';
  /** What the role allows more than before, or less, if the group keeps it. */
  readonly more: readonly PolicyRule[];
  readonly less: readonly PolicyRule[];
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
  const [grown, shrunk] = [gains, losses].map((rows) => new Map(rows.map((row) => [keptRole(row), row.rules])));
  const changes = [
    ...changesOf('gain', gains, (row) => ({ more: row.rules ?? [], less: shrunk?.get(keptRole(row)) ?? [] })),
    ...changesOf(
      'lose',
      losses.filter((row) => row.rules === undefined || !grown?.get(keptRole(row))),
      (row) => ({ more: [], less: row.rules ?? [] }),
    ),
  ];
  const byGroup = new Map<string, string[]>();
  for (const group of changes.map((change) => change.group).sort()) byGroup.set(group, []);
  for (const change of changes) byGroup.get(change.group)?.push(sentence(change, name));
  return byGroup;
}

/** Identifies the row of a role that a group keeps. */
function keptRole({ group, cluster, namespace, role, who }: DiffRow): string {
  return JSON.stringify([group, cluster, namespace, role, who]);
}

function changesOf(
  verb: RowChange['verb'],
  rows: readonly DiffRow[],
  rules: (row: DiffRow) => Pick<RowChange, 'more' | 'less'>,
): readonly RowChange[] {
  const changes = rows.map((row): RowChange => {
    const { group, cluster, namespace, role, sensitive, who } = row;
    return {
      verb,
      ...rules(row),
      group,
      role,
      sensitive,
      isMembership: who !== undefined,
      isClusterWide: namespace === null,
      who: who === undefined ? [] : [who],
      clusters: [cluster],
      namespaces: namespace === null ? [] : [namespace],
    };
  });
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
  const { verb, more, less, group, role, sensitive, isMembership, who, clusters, namespaces } = change;
  const comma = clusters.length > MOST_NAMED ? ',' : '';
  const inNamespaces = namespaces.length === 0 ? '' : `${comma} in ${placeNames(namespaces, 'namespaces', name)}`;
  const what = `${name(role)} on ${placeNames(clusters, 'clusters', name)}${inNamespaces}`;
  const sensitiveNote = sensitive.length === 0 ? '' : ` (sensitive: ${sensitive.join(', ')})`;
  const rules = (list: readonly PolicyRule[]) => enumerated(list.map(ruleText).map(name), MOST_NAMED);
  if (more.length > 0) {
    const instead = less.length > 0 ? `, but no longer ${rules(less)}` : '';
    return `${name(group)} can do ${instead === '' ? 'more' : 'other things'} with ${what}: ${rules(more)}${instead}${sensitiveNote}`;
  }
  if (less.length > 0) return `${name(group)} can do less with ${what}: no longer ${rules(less)}${sensitiveNote}`;
  if (!isMembership) return `${name(group)} ${verb} ${what}${sensitiveNote}`;
  const s = who.length === 1 && !isRule(who[0]) ? 's' : '';
  const moves = verb === 'gain' ? `join${s}` : `leave${s}`;
  return `${enumerated(who.map((people) => person(people, name)))} ${moves} ${name(group)} and ${verb}${s} ${what}${sensitiveNote}`;
}

const RULE = 'rule: ';

function isRule(who: string | undefined): boolean {
  return who?.startsWith(RULE) === true;
}

/** A login, or in words whom a rule selects. */
export function person(who: string, name: (text: string) => string): string {
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
