import { NEWEST_KUBERNETES } from '../../rbac';
import { type Finding, shown } from '../finding';

/** Kubernetes releases three minor versions a year, so a version this far ahead does not exist. */
const IMPOSSIBLE_AHEAD = 10;

/** The minor number of a version, such as 35 of `1.35`. */
export function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

/** A version that cannot exist; undefined for one that can. */
export function impossibleVersionFinding(version: string): Finding | undefined {
  if (minorOf(version) <= minorOf(NEWEST_KUBERNETES) + IMPOSSIBLE_AHEAD) return undefined;
  return {
    message: 'There is no such Kubernetes version.',
    given: shown(version),
    allowed: `a released version; the newest known one is ${NEWEST_KUBERNETES}`,
    fix: 'Correct the version.',
  };
}

/** A version that is newer than the facts about Kubernetes; undefined for a known one. */
export function newerVersionFinding(version: string): Finding | undefined {
  if (minorOf(version) <= minorOf(NEWEST_KUBERNETES)) return undefined;
  return {
    message: `This version is newer than ${NEWEST_KUBERNETES}, the newest one with known roles and resources. Reports and proofs use those of ${NEWEST_KUBERNETES}.`,
    given: shown(version),
    allowed: `${NEWEST_KUBERNETES} or earlier, or a newer version with this warning`,
    fix: 'Update okta-eks-access if a newer release knows the version.',
  };
}
