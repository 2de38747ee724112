import { compare } from '../../constraints/compare';
import { type Access, settingsOf } from '../derived/access';
import type { Cluster } from '../derived/clusters';
import type { Placement } from '../derived/placements';
import { isObject } from '../file/is-object';
import { pathText } from '../file/path';

/** A value of the access file, with its defaults, that differs and is no row of the matrix. */
export interface Change {
  /** Place in the file, such as `clusters.prod.deployers`; of a grant, its place in the new file. */
  readonly path: string;
  /** The same in parts. */
  readonly segments: readonly (string | number)[];
  /** The value before; null for none. */
  readonly old: unknown;
  /** The value now; null for none. */
  readonly new: unknown;
}

type Difference = Omit<Change, 'path'>;

/**
 * Everything that differs between two access files except who has which role where: a value, a list as a whole, or
 * a group, role, cluster … as a whole where one file does not have it. Sorted by path.
 */
export function accessChanges(before: Access, after: Access): readonly Change[] {
  const found = [...differences(comparable(before), comparable(after), []), ...grantChanges(before, after)];
  const changes = found.map((difference) => ({ path: pathText(difference.segments), ...difference }));
  return changes.sort((a, b) => compare(a.path, b.path));
}

/** Places of descriptions, reasons and tags, with all that is below; `*` is any name. */
const WORDING: readonly (readonly string[])[] = [
  ['authorizationServer', 'description'],
  ['groups', '*', 'description'],
  ['roles', '*', 'description'],
  ['clusters', '*', 'breakGlass', 'reason'],
  ['clusters', '*', 'tags'],
  ['grants', '*', 'accept'],
  ['tags'],
];

/** Whether a change is one of descriptions, reasons or tags, which give nobody anything. */
export function isWording({ segments }: Change): boolean {
  return WORDING.some((place) => place.every((name, at) => at in segments && (name === '*' || name === segments[at])));
}

/** What a file says apart from its grants, complete with the names that follow from keys. */
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

/** The same text for the same value: no list of the file means anything by its order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).sort()}}`;
}

/** What else a grant says of rows that both files have: until when, what it accepts, and whether it is for later clusters too. */
function grantChanges(before: Access, after: Access): readonly Difference[] {
  const old = grantsByRow(before);
  const found = [...grantsByRow(after)].flatMap(([row, grant]) => {
    const earlier = old.get(row);
    if (earlier === undefined) return [];
    const place = ['grants', Number(/\d+/.exec(grant.path)?.[0])];
    const reach = ({ clusters }: typeof grant) => (clusters === '*' ? clusters : undefined);
    return [
      ...differences(
        { expires: earlier.expires, accept: earlier.accept },
        { expires: grant.expires, accept: grant.accept },
        [],
      ),
      ...(reach(earlier) === reach(grant)
        ? []
        : [{ segments: ['clusters'], old: earlier.clusters, new: grant.clusters }]),
    ].map((difference) => ({ ...difference, segments: [...place, ...difference.segments] }));
  });
  return [...new Map(found.map((difference) => [JSON.stringify(difference), difference])).values()];
}

/** The grant behind each group, cluster, namespace and role. */
function grantsByRow({ placements }: Access): ReadonlyMap<string, Placement['grant']> {
  const rows = placements.map(({ group, cluster, namespace, role, grant }) => {
    return [JSON.stringify([group, cluster, namespace, role]), grant] as const;
  });
  return new Map(rows);
}
