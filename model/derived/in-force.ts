import { plain } from '../../constraints/finding';
import type { Day } from '../file/day';
import type { Grant, ParsedCluster, ParsedFile } from '../file/parsed-file';
import { pathText } from '../file/path';

/** A grant or break-glass access that has expired. */
export interface Expired {
  /** Path of its last day in the file. */
  readonly path: string;
  /** Its last day. */
  readonly expires: Day;
  /** What expired, such as `grant of view to eks-ops`. */
  readonly what: string;
}

type WithExpiry = Pick<ParsedFile, 'clusters'> & { readonly grants: readonly Grant[] };

/** Separates what is in force on a day from what expired before it. */
export function inForce(
  { clusters, grants }: WithExpiry,
  day: Day,
): WithExpiry & { readonly expired: readonly Expired[] } {
  const isPast = (expires: Day | undefined): expires is Day => expires !== undefined && expires < day;
  const expiredGrants = grants.flatMap(({ path, group, role, expires }) =>
    isPast(expires) ? [{ path: `${path}.expires`, expires, what: `grant of ${plain(role)} to ${plain(group)}` }] : [],
  );
  const expiredAccess: Expired[] = [];
  const current = Object.entries(clusters).map(([key, settings]): [string, ParsedCluster] => {
    if (!('breakGlass' in settings) || !isPast(settings.breakGlass?.expires)) return [key, settings];
    const { breakGlass, ...rest } = settings;
    expiredAccess.push({
      path: pathText(['clusters', key, 'breakGlass', 'expires']),
      expires: breakGlass.expires,
      what: `break-glass access to the cluster ${plain(key)}`,
    });
    return [key, rest];
  });
  return {
    clusters: Object.fromEntries(current),
    grants: grants.filter(({ expires }) => !isPast(expires)),
    expired: [...expiredGrants, ...expiredAccess],
  };
}
