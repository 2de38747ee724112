import { shown } from '../../constraints/finding';
import { minorOf } from '../../constraints/kubernetes/known-version';
import type { SelfManagedCluster } from '../../model/derived/clusters';
import { refuse } from './refuse';

/** The Kubernetes versions that know a target. */
export interface TargetVersions {
  /** What the versions know, such as `AuthenticationConfiguration v1`. */
  readonly format: string;
  /** The first version. */
  readonly since: string;
  /** The last version. @default - the newest one */
  readonly until?: string;
  /** The target for other versions. */
  readonly instead: string;
}

/**
 * Checks the version that the file has for a cluster; a cluster without one is not checked.
 * @throws AccessError if this version does not know the target.
 */
export function requireVersions(
  { key, settings: { version } }: SelfManagedCluster,
  { format, since, until, instead }: TargetVersions,
): void {
  if (version === undefined) return;
  if (minorOf(version) >= minorOf(since) && (until === undefined || minorOf(version) <= minorOf(until))) return;
  refuse([
    {
      message: `Kubernetes ${version}, the version of the cluster ${key} in the access file, does not know ${format}.`,
      given: shown(version),
      allowed: until === undefined ? `${since} or later` : `${since} to ${until}`,
      fix: `Use --target ${instead}, or correct the version in the access file.`,
    },
  ]);
}
