import { pathText } from '../model/file/path';
import type { Change } from '../model/review/changes';
import type { AccessDiff, DiffRow } from '../model/review/diff';
import type { GuardChange } from '../model/review/guard-changes';
import type { SensitivePermission } from '../rbac/sensitive-permissions';
import { counted, enumerated } from './words';

/** The difference between two access files with what a reader has to know of it. */
export interface DiffReport {
  /** The old access file as the user named it. */
  readonly before: string;
  /** The new one. */
  readonly after: string;
  readonly diff: AccessDiff;
  /** The sensitive permissions that somebody gains and did not have in that place. */
  readonly sensitive: readonly SensitivePermission[];
  readonly guards: readonly GuardChange[];
}

/** Whether two access files say the same. */
export function isUnchanged({ diff: { gains, losses, changes } }: DiffReport): boolean {
  return gains.length + losses.length + changes.length === 0;
}

/**
 * What else changes, a sentence for each value; the same of several clusters in one.
 * @param name how a name or a value is written.
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
    if (clusters.length < 2) return `${name(change.path)} ${becomes(change, name)}`;
    const path = pathText(['clusters', '*', ...change.segments.slice(2)]);
    return `${name(path)} on ${several(clusters, 'clusters', name)} ${becomes(change, name)}`;
  });
}

function becomes({ old, new: now }: Change, name: (text: string) => string): string {
  if (old === null) return `is new: ${name(valueText(now))}`;
  if (now === null) return `goes, it was ${name(valueText(old))}`;
  if (!Array.isArray(old) || !Array.isArray(now)) {
    return `changes from ${name(valueText(old))} to ${name(valueText(now))}`;
  }
  const without = (list: unknown[], others: unknown[]) => {
    const texts = new Set(others.map(valueText));
    return list.map(valueText).filter((text) => !texts.has(text));
  };
  const [added, removed] = [without(now, old), without(old, now)];
  const parts = [
    ...(added.length > 0 ? [`gets ${enumerated(added.map(name))}`] : []),
    ...(removed.length > 0 ? [`loses ${enumerated(removed.map(name))}`] : []),
  ];
  return parts.join(' and ') || `changes from ${name(valueText(old))} to ${name(valueText(now))}`;
}

/** A value on one line; texts stand in single quotes, as in the file. */
function valueText(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

/** What changes in guards, a sentence each. */
export function guardSentences(guards: readonly GuardChange[], name: (text: string) => string): readonly string[] {
  const members = (list: readonly string[] | undefined) =>
    list === undefined ? 'everyone whose role allows it' : enumerated(list.map(name)) || 'nobody';
  return guards.map(
    ({ guard, clusters, before, after }) =>
      `The guard ${name(guard)} on ${several(clusters, 'clusters', name)} lets ${members(after)} through, before ${members(before)}`,
  );
}

/** How many rows of the matrix are gained and lost, and how much else changes. */
export function diffCounts({ gains, losses, changes }: AccessDiff): string {
  return `${counted(gains.length, 'gain')}, ${counted(losses.length, 'loss', 'losses')}, ${counted(changes.length, 'other change')}`;
}

/** Rows of a difference that one sentence tells. */
interface RowChange {
  readonly verb: 'gain' | 'lose';
  readonly group: string;
  readonly role: string;
  readonly sensitive: readonly SensitivePermission[];
  /** Whether people join or leave; otherwise it is about the whole group. */
  readonly isOfPeople: boolean;
  /** Whether it is about whole clusters; otherwise about the namespaces. */
  readonly isOfCluster: boolean;
  readonly who: readonly string[];
  readonly clusters: readonly string[];
  readonly namespaces: readonly string[];
}

/**
 * What changes, in sentences by group; the same role in many places, and the same of many people, in one.
 * @param name how a name is written.
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
      isOfPeople: who !== undefined,
      isOfCluster: namespace === null,
      who: who === undefined ? [] : [who],
      clusters: [cluster],
      namespaces: namespace === null ? [] : [namespace],
    }),
  );
  return together('who', together('clusters', together('namespaces', changes)));
}

/** Changes that differ in one of their lists alone, as one with all that the lists name. */
function together(list: 'who' | 'clusters' | 'namespaces', changes: readonly RowChange[]): readonly RowChange[] {
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
  const { verb, group, role, sensitive, isOfPeople, who, clusters, namespaces } = change;
  const comma = clusters.length > MOST_NAMED ? ',' : '';
  const inNamespaces = namespaces.length === 0 ? '' : `${comma} in ${several(namespaces, 'namespaces', name)}`;
  const what = `${name(role)} on ${several(clusters, 'clusters', name)}${inNamespaces}`;
  const leadsFurther = sensitive.length === 0 ? '' : ` (sensitive: ${sensitive.join(', ')})`;
  if (!isOfPeople) return `${name(group)} ${verb} ${what}${leadsFurther}`;
  const s = who.length === 1 && !isRule(who[0]) ? 's' : '';
  const moves = verb === 'gain' ? `join${s}` : `leave${s}`;
  return `${enumerated(who.map((people) => person(people, name)))} ${moves} ${name(group)} and ${verb}${s} ${what}${leadsFurther}`;
}

const RULE = 'rule: ';

function isRule(who: string | undefined): boolean {
  return who?.startsWith(RULE) === true;
}

function person(who: string, name: (text: string) => string): string {
  return isRule(who) ? `the people of the rule ${name(who.slice(RULE.length))}` : name(who);
}

const MOST_NAMED = 4;

/** Places as a sentence takes them: four by name, of more the number and the first three. */
function several(names: readonly string[], what: string, name: (text: string) => string): string {
  if (names.length <= MOST_NAMED) return enumerated(names.map(name));
  const first = names.slice(0, 3).map(name).join(', ');
  return `${names.length} ${what}: ${first} and ${names.length - 3} more`;
}
