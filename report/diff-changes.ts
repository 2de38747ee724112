import type { AccessDiff, DiffRow } from '../model/diff';
import type { GuardChange } from '../model/guard-changes';
import type { SensitivePermission } from '../model/sensitive-permissions';
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

/** Whether two access files give the same. */
export function isUnchanged({ diff, guards }: DiffReport): boolean {
  return diff.gains.length + diff.losses.length + guards.length === 0;
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

/** How many rows of the matrix are gained and lost. */
export function diffCounts({ gains, losses }: AccessDiff): string {
  return `${counted(gains.length, 'gain')}, ${counted(losses.length, 'loss', 'losses')}`;
}

/** Rows of a difference that one sentence tells. */
interface Change {
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
  { gains, losses }: AccessDiff,
  name: (text: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const changes = [...changesOf('gain', gains), ...changesOf('lose', losses)];
  const byGroup = new Map<string, string[]>();
  for (const group of changes.map((change) => change.group).sort()) byGroup.set(group, []);
  for (const change of changes) byGroup.get(change.group)?.push(sentence(change, name));
  return byGroup;
}

function changesOf(verb: Change['verb'], rows: readonly DiffRow[]): readonly Change[] {
  const changes = rows.map(
    ({ group, cluster, namespace, role, sensitive, who }): Change => ({
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
function together(list: 'who' | 'clusters' | 'namespaces', changes: readonly Change[]): readonly Change[] {
  const byRest = new Map<string, { change: Change; names: string[] }>();
  for (const change of changes) {
    const rest = JSON.stringify({ ...change, [list]: [] });
    const known = byRest.get(rest);
    if (known === undefined) byRest.set(rest, { change, names: [...change[list]] });
    else known.names.push(...change[list]);
  }
  return [...byRest.values()].map(({ change, names }) => ({ ...change, [list]: names }));
}

function sentence(change: Change, name: (text: string) => string): string {
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
