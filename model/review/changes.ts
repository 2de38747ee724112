import { compare } from '../../constraints/compare';
import { type Access, allClusters, settingsOf } from '../derived/access';
import type { Cluster } from '../derived/clusters';
import { twinsOf } from '../derived/twins';
import { isObject } from '../file/is-object';
import type { Grant } from '../file/parsed-file';
import { pathText } from '../file/path';
import type { At, Teller, Told } from './effects/effect';
import { FILE_EFFECTS } from './effects/file-effects';
import { GRANT_EFFECTS } from './effects/grant-effects';

/** A difference between two access files, defaults included, that is not a row of the matrix, and what it means. */
export interface Change extends Told {
  /** Path in the file, such as `clusters.prod.deployers`; for a grant, its path in the new file. */
  readonly path: string;
  /** The segments of the path. */
  readonly segments: readonly (string | number)[];
  /** The old value; null if there is none. */
  readonly old: unknown;
  /** The new value; null if there is none. */
  readonly new: unknown;
}

type Difference = Omit<Change, 'path'>;

/**
 * All differences between two access files except who has which role where: single values, whole lists, and whole
 * groups, roles, clusters, … that only one file has. Sorted by path.
 */
export function accessChanges(before: Access, after: Access): readonly Change[] {
  const at = { ...nowhere(before, after), renamed: renamedClusters(before, after) };
  const found = [
    ...differences(FILE_EFFECTS as Effects, comparable(before), comparable(after), at),
    ...grantChanges(before, after),
  ];
  const changes = found.map((difference) => ({ path: pathText(difference.segments), ...difference }));
  return changes.sort((a, b) => compare(a.path, b.path));
}

function nowhere(before: Access, after: Access): At {
  return { before, after, renamed: new Set(), segments: [], parents: [undefined, undefined] };
}

/** The old and the new key of each cluster that certainly has another key in the new file. */
function renamedClusters(before: Access, after: Access): ReadonlySet<string> {
  const only = (access: Access, { clusters }: Access) =>
    Object.entries(access.clusters).filter(([key]) => !Object.hasOwn(clusters, key));
  const twins = twinsOf(Object.fromEntries([...only(before, after), ...only(after, before)]));
  return new Set(
    twins
      .filter(
        ({ cluster, earlier, isCertain }) =>
          isCertain && Object.hasOwn(after.clusters, cluster.key) && Object.hasOwn(before.clusters, earlier.key),
      )
      .flatMap(({ cluster, earlier }) => [cluster.key, earlier.key]),
  );
}

/** The table of effects, without the types of the values, which the schema has checked. */
type Effects =
  | Teller<unknown>
  | {
      readonly whole?: Teller<unknown>;
      readonly missing?: unknown;
      readonly keys?: Readonly<Record<string, Effects>>;
      readonly each?: Effects;
      readonly kinds?: Readonly<Record<string, { readonly keys: Readonly<Record<string, Effects>> }>>;
      readonly ofOneKind?: readonly string[];
    };

/** The settings of a file except its grants, with what defaults to keys, and with all namespaces of each cluster. */
function comparable(access: Access): unknown {
  const clusters = allClusters(access).map((cluster) => [cluster.key, withDerived(cluster)]);
  return { ...settingsOf(access), clusters: Object.fromEntries(clusters) };
}

function withDerived(cluster: Cluster): Cluster['settings'] {
  const { app, namespaces } = cluster;
  switch (cluster.kind) {
    case 'eks':
      return { ...cluster.settings, app, namespaces, name: cluster.name, roleName: cluster.roleName };
    case 'existing-eks':
      return { ...cluster.settings, app, namespaces, name: cluster.name };
    case 'self-managed':
      return { ...cluster.settings, app, namespaces };
  }
}

function differences(effects: Effects, old: unknown, now: unknown, at: At): readonly Difference[] {
  if (canonical(old) === canonical(now)) return [];
  const { whole = undefined, missing = undefined } = typeof effects === 'function' ? { whole: effects } : effects;
  const told = whole?.(old, now, at);
  if (told !== undefined) return [{ segments: at.segments, old: old ?? null, new: now ?? null, ...told }];
  if (typeof effects === 'function') return [];
  const [earlier, current] = [members(old ?? missing), members(now ?? missing)];
  const parents = [old, now] as const;
  return entries(effects, earlier, current).flatMap(([key, below]) =>
    differences(below, own(earlier, key), own(current, key), { ...at, parents, segments: [...at.segments, key] }),
  );
}

type Members = Readonly<Record<string, unknown>>;

function members(value: unknown): Members {
  return isObject(value) ? value : {};
}

/** The keys of two values, each with its effects. */
function entries(
  { each, keys = {}, kinds = {}, ofOneKind = [] }: Exclude<Effects, Teller<unknown>>,
  old: Members,
  now: Members,
): readonly (readonly [string, Effects])[] {
  if (each !== undefined) {
    const names = new Set([...Object.keys(old), ...Object.keys(now)]);
    return [...names].map((name) => [name, each]);
  }
  const [earlier = {}, current = {}] = [old, now].map(({ kind }) => kinds[String(kind)]?.keys);
  return Object.entries({ ...keys, ...earlier, ...current }).filter(
    ([key]) => Object.hasOwn(earlier, key) === Object.hasOwn(current, key) || ofOneKind.includes(key),
  );
}

function own(value: Members, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The same text for equal values. The order of a list has no meaning in the file. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined';
  const present = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${present.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).sort()}}`;
}

/** Other changes in grants of rows that both files have, such as `expires`. */
function grantChanges(before: Access, after: Access): readonly Difference[] {
  const old = grantsByRow(before);
  const found = [...grantsByRow(after)].flatMap(([row, grant]) => {
    const earlier = old.get(row);
    if (earlier === undefined) return [];
    const segments = ['grants', String(/\d+/.exec(grant.path)?.[0])];
    const at = { ...nowhere(before, after), segments };
    return differences(GRANT_EFFECTS as Effects, earlier, grant, at);
  });
  const distinct = new Map(found.map((difference) => [JSON.stringify(difference), difference]));
  return [...distinct.values()].map(({ segments: [top = '', index, ...below], ...rest }) => ({
    segments: [top, Number(index), ...below],
    ...rest,
  }));
}

/** The grant of each combination of group, cluster, namespace, and role: of several, the one that lasts longest. */
function grantsByRow({ placements }: Access): ReadonlyMap<string, Grant> {
  const byRow = new Map<string, Grant>();
  for (const { group, cluster, namespace, role, grant } of placements) {
    const row = JSON.stringify([group, cluster, namespace, role]);
    const known = byRow.get(row);
    if (known === undefined || lastDay(grant) > lastDay(known)) byRow.set(row, grant);
  }
  return byRow;
}

/** The last day of a grant, so that a later one compares greater; `never` is the greatest. */
export function lastDay({ expires = 'never' }: Pick<Grant, 'expires'>): string {
  return expires;
}
