import { eksClusters } from '../../derived/clusters';
import { oneYearAfter } from '../../file/day';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Access that has an end date ends within a year. */
export const farExpiry: Check = {
  name: 'far-expiry',
  severity: 'warning',
  reason: 'Nobody reviews access that does not expire for years.',
  fix: 'Set expires to a day within a year, and renew the access when that day comes.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  requires: [],
  find: (access) => {
    const latest = oneYearAfter(access.day);
    const places = [
      ...access.grants.map(({ expires, path }) => ({ expires, path: `${path}.expires` })),
      ...eksClusters(access).map(({ key, settings }) => ({
        expires: settings.breakGlass?.expires,
        path: pathText(['clusters', key, 'breakGlass', 'expires']),
      })),
    ];
    return places.flatMap(({ expires, path }) =>
      expires === undefined || expires <= latest
        ? []
        : [
            {
              path,
              message: `This expires more than a year after ${access.day}.`,
              given: expires,
              allowed: `${latest} or earlier`,
              fix: 'Set an earlier day, and renew the access when that day comes.',
            },
          ],
    );
  },
};
