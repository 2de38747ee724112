import { isObject } from './is-object';
import { pathText } from './path';
import { CLUSTER_KEYS, clusterDefaultsSchema } from './schema';

/** Settings of `clusterDefaults` that are broken or unknown, by their keys: they are a problem there, not on each cluster. */
export function brokenDefaults(file: Record<string, unknown>): ReadonlySet<PropertyKey> {
  if (!isObject(file.clusterDefaults)) return new Set();
  const issues = clusterDefaultsSchema.safeParse(file.clusterDefaults).error?.issues ?? [];
  return new Set(
    issues.flatMap((issue) => {
      const { path } = issue;
      return issue.code === 'unrecognized_keys' && path.length === 0 ? issue.keys : path.slice(0, 1);
    }),
  );
}

/**
 * A file with `clusterDefaults` merged under each cluster: objects key by key, lists and texts as a whole,
 * and of the defaults only the keys that a cluster of its kind has.
 */
export function withClusterDefaults(file: Record<string, unknown>): Record<string, unknown> {
  const { clusters, clusterDefaults } = file;
  if (!isObject(clusters) || !isObject(clusterDefaults)) return file;
  const broken = brokenDefaults(file);
  const defaults = Object.entries(clusterDefaults).filter(([key]) => !broken.has(key));
  const merged = Object.entries(clusters).map(([key, cluster]) => {
    if (!isObject(cluster)) return [key, cluster];
    const allowed = CLUSTER_KEYS.get(cluster.kind) ?? [];
    return [key, under(Object.fromEntries(defaults.filter(([name]) => allowed.includes(name))), cluster)];
  });
  return { ...file, clusters: Object.fromEntries(merged) };
}

function under(defaults: Record<string, unknown>, own: Record<string, unknown>): Record<string, unknown> {
  const merged = Object.entries(own).map(([key, value]) => {
    const common = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    return [key, isObject(common) && isObject(value) ? under(common, value) : value === undefined ? common : value];
  });
  return { ...defaults, ...Object.fromEntries(merged) };
}

/** Places of clusters whose value stands in `clusterDefaults`, with the place there. */
export function inheritedPlaces(file: unknown): Readonly<Record<string, string>> {
  if (!isObject(file) || !isObject(file.clusters) || !isObject(file.clusterDefaults)) return {};
  const { clusters, clusterDefaults } = file;
  const places = Object.entries(clusters).flatMap(([key, cluster]) =>
    isObject(cluster) ? inheritedBelow(clusterDefaults, cluster, ['clusters', key], ['clusterDefaults']) : [],
  );
  return Object.fromEntries(places);
}

function inheritedBelow(
  defaults: Record<string, unknown>,
  own: Record<string, unknown>,
  place: readonly string[],
  origin: readonly string[],
): readonly (readonly [place: string, origin: string])[] {
  return Object.entries(defaults).flatMap(([name, value]) => {
    const below = [
      [...place, name],
      [...origin, name],
    ] as const;
    const inside = Object.hasOwn(own, name) ? own[name] : undefined;
    if (inside === undefined) return [[pathText(below[0]), pathText(below[1])]] as const;
    return isObject(value) && isObject(inside) ? inheritedBelow(value, inside, ...below) : [];
  });
}

/** Where the value at a place was written: in `clusterDefaults` where the cluster itself does not have it. */
export function ownPlace(path: string, inherited: Readonly<Record<string, string>>): string {
  for (const { index } of path.matchAll(/[.[]|$/g)) {
    const place = path.slice(0, index);
    if (Object.hasOwn(inherited, place)) return `${inherited[place]}${path.slice(index)}`;
  }
  return path;
}
