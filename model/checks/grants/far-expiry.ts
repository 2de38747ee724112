import { eksClusters } from '../../derived/clusters';
import { oneYearAfter } from '../../file/day';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** An end that is years away is none. */
export const farExpiry: Check = {
  name: 'far-expiry',
  severity: 'warning',
  reason: 'Access that ends in years is reviewed by nobody.',
  fix: 'Set expires to a day within a year, and renew it when it comes.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  restsOn: [],
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
              message: 'The access ends more than a year from now.',
              given: expires,
              allowed: `${latest} or earlier`,
              fix: 'Set an earlier day, and renew it when it comes.',
            },
          ],
    );
  },
};
