import { nearestName } from '../../constraints/nearest-name';
import { isObject } from './is-object';
import { pathText } from './path';
import { CLUSTER_KEYS, clusterDefaultsSchema } from './schema';

const KEYS = Object.keys(clusterDefaultsSchema.shape);

/**
 * The keys of `clusterDefaults` with an invalid value. The problem is reported there, not at each cluster.
 * An unknown key counts together with the key that it is probably a typo of.
 */
export function invalidDefaults({ clusterDefaults }: Record<string, unknown>): ReadonlySet<PropertyKey> {
  if (clusterDefaults === undefined) return new Set();
  if (!isObject(clusterDefaults)) return new Set(KEYS);
  const issues = clusterDefaultsSchema.safeParse(clusterDefaults).error?.issues ?? [];
  const keys = issues.flatMap((issue) => {
    const { path } = issue;
    if (issue.code !== 'unrecognized_keys' || path.length > 0) return path.slice(0, 1);
    const meant = issue.keys.flatMap((key) => nearestName(key, KEYS) ?? []);
    return [...issue.keys, ...meant.filter((key) => !Object.hasOwn(clusterDefaults, key))];
  });
  return new Set(keys);
}

/**
 * Merges `clusterDefaults` into each cluster of a file: objects key by key, lists and other values as a whole.
 * A cluster gets only valid defaults, and only those with a key that its kind has.
 */
export function withClusterDefaults(file: Record<string, unknown>): Record<string, unknown> {
  const { clusters, clusterDefaults } = file;
  if (!isObject(clusters) || !isObject(clusterDefaults)) return file;
  const invalid = invalidDefaults(file);
  const defaults = Object.entries(clusterDefaults).filter(([key]) => !invalid.has(key));
  const merged = Object.entries(clusters).map(([key, cluster]) => {
    if (!isObject(cluster)) return [key, cluster];
    const allowed = CLUSTER_KEYS.get(cluster.kind) ?? [];
    return [key, mergeDefaults(Object.fromEntries(defaults.filter(([name]) => allowed.includes(name))), cluster)];
  });
  return { ...file, clusters: Object.fromEntries(merged) };
}

function mergeDefaults(defaults: Record<string, unknown>, own: Record<string, unknown>): Record<string, unknown> {
  const merged = Object.entries(own).map(([key, value]) => {
    const common = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    return [
      key,
      isObject(common) && isObject(value) ? mergeDefaults(common, value) : value === undefined ? common : value,
    ];
  });
  return { ...defaults, ...Object.fromEntries(merged) };
}

/** Paths in clusters with a value from `clusterDefaults`, each with its path there. */
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

/** The path where the value at a path was written: in `clusterDefaults` if the cluster inherits it. */
export function authoredPath(path: string, inherited: Readonly<Record<string, string>>): string {
  for (const { index } of path.matchAll(/[.[]|$/g)) {
    const place = path.slice(0, index);
    if (Object.hasOwn(inherited, place)) return `${inherited[place]}${path.slice(index)}`;
  }
  return path;
}
