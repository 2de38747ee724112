import { compare } from '../../constraints/compare';
import { type Access, settingsOf } from '../derived/access';
import type { Cluster } from '../derived/clusters';
import type { Placement } from '../derived/placements';
import { isObject } from '../file/is-object';
import { pathText } from '../file/path';

/** A difference between two access files, defaults included, that is not a row of the matrix. */
export interface Change {
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
  const found = [...differences(comparable(before), comparable(after), []), ...grantChanges(before, after)];
  const changes = found.map((difference) => ({ path: pathText(difference.segments), ...difference }));
  return changes.sort((a, b) => compare(a.path, b.path));
}

/** Places of descriptions, reasons, and tags, with everything below; `*` is any name. */
const DESCRIPTIVE: readonly (readonly string[])[] = [
  ['authorizationServer', 'description'],
  ['groups', '*', 'description'],
  ['roles', '*', 'description'],
  ['clusters', '*', 'breakGlass', 'reason'],
  ['clusters', '*', 'tags'],
  ['roles', '*', 'accept'],
  ['grants', '*', 'accept'],
  ['grants', '*', 'reason'],
  ['tags'],
];

/** Whether a change is one of a description, a reason, or a tag, which changes nobody's access. */
export function isDescriptive({ segments }: Change): boolean {
  return DESCRIPTIVE.some((place) =>
    place.every((name, at) => at in segments && (name === '*' || name === segments[at])),
  );
}

/** The settings of a file except its grants, with the names that default to keys. */
function comparable(access: Access): unknown {
  const clusters = Object.values(access.clusters).map((cluster) => [cluster.key, withNames(cluster)]);
  return { ...settingsOf(access), clusters: Object.fromEntries(clusters) };
}

function withNames(cluster: Cluster): Cluster['settings'] {
  const { settings, app } = cluster;
  switch (cluster.kind) {
    case 'eks':
      return { ...cluster.settings, app, name: cluster.name, roleName: cluster.roleName };
    case 'existing-eks':
      return { ...cluster.settings, app, name: cluster.name };
    case 'self-managed':
      return { ...settings, app };
  }
}

function differences(old: unknown, now: unknown, segments: readonly string[]): readonly Difference[] {
  if (!isObject(old) || !isObject(now)) {
    return canonical(old) === canonical(now) ? [] : [{ segments, old: old ?? null, new: now ?? null }];
  }
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.flatMap((key) => differences(own(old, key), own(now, key), [...segments, key]));
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The same text for equal values. The order of a list has no meaning in the file. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).sort()}}`;
}

/** Other changes in grants of rows that both files have: `expires`, `accept`, `reason`, and whether the clusters are `'*'`. */
function grantChanges(before: Access, after: Access): readonly Difference[] {
  const old = grantsByRow(before);
  const found = [...grantsByRow(after)].flatMap(([row, grant]) => {
    const earlier = old.get(row);
    if (earlier === undefined) return [];
    const place = ['grants', Number(/\d+/.exec(grant.path)?.[0])];
    const isForAll = ({ clusters }: typeof grant) => clusters === '*';
    return [
      ...differences(
        { expires: earlier.expires, accept: earlier.accept, reason: earlier.reason },
        { expires: grant.expires, accept: grant.accept, reason: grant.reason },
        [],
      ),
      ...(isForAll(earlier) === isForAll(grant)
        ? []
        : [{ segments: ['clusters'], old: earlier.clusters, new: grant.clusters }]),
    ].map((difference) => ({ ...difference, segments: [...place, ...difference.segments] }));
  });
  return [...new Map(found.map((difference) => [JSON.stringify(difference), difference])).values()];
}

/** The grant of each combination of group, cluster, namespace, and role. */
function grantsByRow({ placements }: Access): ReadonlyMap<string, Placement['grant']> {
  const rows = placements.map(({ group, cluster, namespace, role, grant }) => {
    return [JSON.stringify([group, cluster, namespace, role]), grant] as const;
  });
  return new Map(rows);
}
