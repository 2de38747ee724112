import { plain } from '../../constraints/finding';
import type { Day } from '../file/day';
import type { Grant, ParsedCluster, ParsedFile } from '../file/parsed-file';
import { pathInside, pathText } from '../file/path';

/** A grant, break-glass access, or the acceptance of a permission that has expired. */
export interface Expired {
  /** Path of its last day in the file. */
  readonly path: string;
  /** Its last day. */
  readonly expires: Day;
  /** What expired, such as `grant of view to eks-ops`. */
  readonly what: string;
  /** What follows from it, such as `it is not deployed`. */
  readonly consequence: string;
  /** The grant, if it is one. */
  readonly grant?: Grant;
}

type WithExpiry = Pick<ParsedFile, 'clusters' | 'roles'> & { readonly grants: readonly Grant[] };

const NOT_DEPLOYED = 'it is not deployed';

/** Separates what is in force on a day from what expired before it. */
export function inForce(
  { clusters, grants, roles }: WithExpiry,
  day: Day,
): WithExpiry & { readonly expired: readonly Expired[] } {
  const isPast = (expires: Day | undefined): expires is Day => expires !== undefined && expires < day;
  const expired: Expired[] = [];
  /** A grant or a role without the acceptances that have expired. */
  const withCurrentAccept = <Owner extends Pick<Grant, 'accept'>>(owner: Owner, path: string): Owner => {
    const current = Object.entries(owner.accept).filter(([name, acceptance]) => {
      if (typeof acceptance === 'string' || !isPast(acceptance.expires)) return true;
      expired.push({
        path: `${pathInside(`${path}.accept`, name)}.expires`,
        expires: acceptance.expires,
        what: `acceptance of ${plain(name)}`,
        consequence: 'it accepts nothing',
      });
      return false;
    });
    const isUnchanged = current.length === Object.keys(owner.accept).length;
    return isUnchanged ? owner : { ...owner, accept: Object.fromEntries(current) };
  };

  const currentGrants = grants.flatMap((grant) => {
    const { path, group, role, expires } = grant;
    if (!isPast(expires)) return [withCurrentAccept(grant, path)];
    const what = `grant of ${plain(role)} to ${plain(group)}`;
    expired.push({ path: `${path}.expires`, expires, what, consequence: NOT_DEPLOYED, grant });
    return [];
  });
  const currentRoles = Object.entries(roles).map(([name, role]) => {
    return [name, withCurrentAccept(role, pathText(['roles', name]))] as const;
  });
  const currentClusters = Object.entries(clusters).map(([key, settings]): [string, ParsedCluster] => {
    if (!('breakGlass' in settings) || !isPast(settings.breakGlass?.expires)) return [key, settings];
    const { breakGlass, ...rest } = settings;
    expired.push({
      path: pathText(['clusters', key, 'breakGlass', 'expires']),
      expires: breakGlass.expires,
      what: `break-glass access to the cluster ${plain(key)}`,
      consequence: NOT_DEPLOYED,
    });
    return [key, rest];
  });
  return {
    clusters: Object.fromEntries(currentClusters),
    grants: currentGrants,
    roles: Object.fromEntries(currentRoles),
    expired,
  };
}
