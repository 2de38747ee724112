import type { Problem } from '../../constraints/finding';
import type { Day } from '../file/day';
import type { Grant, ParsedCluster, ParsedFile } from '../file/parsed-file';
import { accessSchema } from '../file/schema';
import { type Cluster, clustersOf } from './clusters';
import { type Expired, inForce } from './in-force';
import { type Placement, placementsOf } from './placements';
import { type SignInApp, signInApps } from './sign-in-apps';

/** The settings of the file, except those that the model replaces. */
type Settings = Omit<ParsedFile, 'clusterDefaults' | 'clusters' | 'grants'>;

/**
 * The access file on a day: valid, with every default and everything that follows from it, without expired access.
 * Deeply frozen.
 */
export interface Access extends Settings {
  /** The day for which the file was read. */
  readonly day: Day;
  /** The clusters, by key, without those that are absent. */
  readonly clusters: Readonly<Record<string, Cluster>>;
  /** The clusters with `absent: true`, by key: their stacks are empty, and nobody has access to them. */
  readonly absentClusters: Readonly<Record<string, Cluster>>;
  /** The grants in force on that day. */
  readonly grants: readonly Grant[];
  /** Every grant in each of its places. */
  readonly placements: readonly Placement[];
  /** The Okta apps that the clusters trust, sorted by name. */
  readonly apps: readonly SignInApp[];
  /** What expired before that day. */
  readonly expired: readonly Expired[];
  /** What is risky in the file. */
  readonly warnings: readonly Problem[];
  /** Paths in clusters with a value from `clusterDefaults`, such as `clusters.prod.logs`, each with its path there. */
  readonly inherited: Readonly<Record<string, string>>;
}

/** Derives everything that follows from a parsed file on a day, before the checks run. */
export function derivedAccess(
  { clusterDefaults: _merged, ...file }: Omit<ParsedFile, 'grants'>,
  grants: readonly Grant[],
  day: Day,
): Omit<Access, 'inherited' | 'warnings'> {
  const isAbsent = ([, { absent }]: readonly [string, ParsedCluster]) => absent;
  const entries = Object.entries(file.clusters);
  const present = Object.fromEntries(entries.filter((entry) => !isAbsent(entry)));
  const absent = Object.fromEntries(entries.filter(isAbsent));
  const { expired, ...current } = inForce({ ...file, clusters: present, grants }, day);
  const settings = { ...file, ...current };
  const placements = placementsOf(settings, current.grants);
  const clusters = clustersOf(settings, placements);
  const absentClusters = clustersOf({ ...settings, clusters: absent }, []);
  return { ...settings, day, clusters, absentClusters, placements, apps: signInApps(clusters), expired };
}

/** Every cluster of the file, the absent ones last. */
export function allClusters({
  clusters,
  absentClusters,
}: Pick<Access, 'clusters' | 'absentClusters'>): readonly Cluster[] {
  return [...Object.values(clusters), ...Object.values(absentClusters)];
}

/** The settings of a file except its grants, with every default, and without what is derived from them. */
export function settingsOf(access: Access): Settings & Pick<ParsedFile, 'clusters'> {
  const clusters = Object.fromEntries(allClusters(access).map(({ key, settings }) => [key, settings]));
  const values: Readonly<Record<string, unknown>> = { ...access, clusters };
  const keys = Object.keys(accessSchema.shape).filter((key) => key !== 'clusterDefaults' && key !== 'grants');
  return Object.fromEntries(keys.map((key) => [key, values[key]])) as ReturnType<typeof settingsOf>;
}
