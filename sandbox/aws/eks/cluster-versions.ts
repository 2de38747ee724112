import { EKS_VERSIONS } from '../../../constraints/eks/versions';
import { invalidParameter } from '../aws-error';

type VersionStatus = 'STANDARD_SUPPORT' | 'EXTENDED_SUPPORT' | 'UNSUPPORTED';

/** A Kubernetes version on a day. */
export interface ClusterVersion {
  readonly version: string;
  readonly status: VersionStatus;
  /** Whether a new cluster gets it where the request has no version. */
  readonly isDefault: boolean;
  /** Days, `YYYY-MM-DD`. */
  readonly standardUntil: string;
  readonly extendedUntil: string;
}

/** The versions of EKS on a day, `YYYY-MM-DD`, the newest first. */
export function clusterVersions(day: string): readonly ClusterVersion[] {
  return [...EKS_VERSIONS].reverse().map((version, index) => ({
    ...version,
    status:
      day <= version.standardUntil
        ? 'STANDARD_SUPPORT'
        : day <= version.extendedUntil
          ? 'EXTENDED_SUPPORT'
          : 'UNSUPPORTED',
    isDefault: index === 0,
  }));
}

/** The version of a new cluster. Fails for one that EKS does not offer on a day. */
export function offeredVersion(asked: string | undefined, day: string): string {
  const offered = clusterVersions(day).filter(({ status }) => status !== 'UNSUPPORTED');
  const version = asked ?? offered.find(({ isDefault }) => isDefault)?.version;
  if (version !== undefined && offered.some((each) => each.version === version)) return version;
  throw invalidParameter(
    `unsupported Kubernetes version ${version}; EKS offers ${offered.map((each) => each.version).join(', ')}`,
  );
}

/** Fails for a version that is not the next minor version. */
export function verifyUpgrade(from: string, to: string, day: string): void {
  offeredVersion(to, day);
  const minor = (version: string) => Number(version.split('.')[1]);
  if (minor(to) === minor(from)) throw invalidParameter(`Cluster is already at version ${to}`);
  if (minor(to) !== minor(from) + 1) {
    throw invalidParameter(
      `Unsupported Kubernetes minor version update from ${from} to ${to}: EKS updates to the next minor version only`,
    );
  }
}
