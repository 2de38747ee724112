import { plain } from '../../constraints/finding';
import { type Day, daysAfter } from '../file/day';
import { pathText } from '../file/path';
import type { Access } from './access';
import { eksClusters } from './clusters';

/** A grant or break-glass access that ends soon. */
export interface Ending {
  /** Path of its last day in the file. */
  readonly path: string;
  /** Its last day. */
  readonly expires: Day;
  /** What ends, such as `grant of view to eks-ops`. */
  readonly what: string;
}

/** The grants and break-glass access that end within a number of days, today included. */
export function endingWithin(access: Pick<Access, 'clusters' | 'grants' | 'day'>, days: number): readonly Ending[] {
  const latest = daysAfter(access.day, days);
  const endings = [
    ...access.grants.map(({ expires, path, role, group }) => {
      return { expires, path: `${path}.expires`, what: `grant of ${plain(role)} to ${plain(group)}` };
    }),
    ...eksClusters(access).map(({ key, settings }) => ({
      expires: settings.breakGlass?.expires,
      path: pathText(['clusters', key, 'breakGlass', 'expires']),
      what: `break-glass access to the cluster ${plain(key)}`,
    })),
  ];
  return endings.flatMap(({ expires, ...rest }) =>
    expires === undefined || expires > latest ? [] : [{ ...rest, expires }],
  );
}
