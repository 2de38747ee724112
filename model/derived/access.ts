import type { Problem } from '../../constraints/finding';
import type { Day } from '../file/day';
import type { Grant, ParsedFile } from '../file/parsed-file';
import { accessSchema } from '../file/schema';
import { type Cluster, clustersOf } from './clusters';
import { type Expired, inForce } from './in-force';
import { type Placement, placementsOf } from './placements';
import { type SignInApp, signInApps } from './sign-in-apps';

/** The settings of the file that stand for themselves. */
type Settings = Omit<ParsedFile, 'clusterDefaults' | 'clusters' | 'grants'>;

/**
 * The access file as read on a day: valid, complete with defaults, without what has expired, and with everything that
 * follows from it worked out; deeply frozen.
 */
export interface Access extends Settings {
  /** The day it was read for. */
  readonly day: Day;
  /** The clusters by key. */
  readonly clusters: Readonly<Record<string, Cluster>>;
  /** The grants in force on that day. */
  readonly grants: readonly Grant[];
  /** Each grant in each of its places. */
  readonly placements: readonly Placement[];
  /** The Okta apps that the clusters trust, sorted by name. */
  readonly apps: readonly SignInApp[];
  /** What has expired before that day. */
  readonly expired: readonly Expired[];
  /** What is risky in the file. */
  readonly warnings: readonly Problem[];
  /** Places of clusters, such as `clusters.prod.logs`, whose value was written in `clusterDefaults`, with the place there. */
  readonly inherited: Readonly<Record<string, string>>;
}

/** Works out everything that follows from a parsed file on a day; the checks have not run yet. */
export function derivedAccess(
  { clusterDefaults: _merged, ...file }: Omit<ParsedFile, 'grants'>,
  grants: readonly Grant[],
  day: Day,
): Omit<Access, 'inherited' | 'warnings'> {
  const current = inForce({ clusters: file.clusters, grants }, day);
  const settings = { ...file, clusters: current.clusters };
  const placements = placementsOf(settings, current.grants);
  const clusters = clustersOf(settings, placements);
  const { expired } = current;
  return { ...file, day, clusters, grants: current.grants, placements, apps: signInApps(clusters), expired };
}

/** What a file says apart from its grants, complete with defaults and without what was worked out from it. */
export function settingsOf(access: Access): Settings & Pick<ParsedFile, 'clusters'> {
  const clusters = Object.fromEntries(Object.values(access.clusters).map(({ key, settings }) => [key, settings]));
  const values: Readonly<Record<string, unknown>> = { ...access, clusters };
  const keys = Object.keys(accessSchema.shape).filter((key) => key !== 'clusterDefaults' && key !== 'grants');
  return Object.fromEntries(keys.map((key) => [key, values[key]])) as ReturnType<typeof settingsOf>;
}
