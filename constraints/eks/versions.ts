import { type Finding, shown } from '../finding';
import { impossibleVersionFinding, minorOf } from '../kubernetes/known-version';

interface EksVersion {
  /** Kubernetes minor version. */
  readonly version: string;
  /** Last day of standard support, `YYYY-MM-DD`. */
  readonly standardUntil: string;
  /** Last day of extended support, after which EKS upgrades the cluster automatically. */
  readonly extendedUntil: string;
}

/** The date of the table below, on which EKS added its newest version. */
export const EKS_VERSIONS_AS_OF = '2026-06-02';

/**
 * EKS' Kubernetes versions, oldest first, as of `EKS_VERSIONS_AS_OF`.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const EKS_VERSIONS: readonly EksVersion[] = [
  { version: '1.30', standardUntil: '2025-07-23', extendedUntil: '2026-07-23' },
  { version: '1.31', standardUntil: '2025-11-26', extendedUntil: '2026-11-26' },
  { version: '1.32', standardUntil: '2026-03-23', extendedUntil: '2027-03-23' },
  { version: '1.33', standardUntil: '2026-07-29', extendedUntil: '2027-07-29' },
  { version: '1.34', standardUntil: '2026-12-02', extendedUntil: '2027-12-02' },
  { version: '1.35', standardUntil: '2027-03-27', extendedUntil: '2028-03-27' },
  { version: '1.36', standardUntil: '2027-08-02', extendedUntil: '2028-08-02' },
];

/** The versions of the table that are in standard support on a day, `YYYY-MM-DD`. */
export function versionsInStandardSupport(day: string): readonly string[] {
  return EKS_VERSIONS.filter(({ standardUntil }) => day <= standardUntil).map(({ version }) => version);
}

/** A version that EKS did not offer when the table was read; undefined for one of the table, and for an older one. */
export function newerEksVersionFinding(version: string | undefined): Finding | undefined {
  const newest = EKS_VERSIONS.at(-1)?.version as string;
  if (version === undefined || minorOf(version) <= minorOf(newest)) return undefined;
  if (impossibleVersionFinding(version) !== undefined) return undefined;
  return {
    message: `EKS did not offer this version as of ${EKS_VERSIONS_AS_OF}. If it still does not, the apply fails.`,
    given: shown(version),
    allowed: `${newest} or earlier, or a newer version with this warning`,
    fix: 'Run aws eks describe-cluster-versions to see which versions EKS offers.',
  };
}
