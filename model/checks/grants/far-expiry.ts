import { eksClusters } from '../../derived/clusters';
import { oneYearAfter } from '../../file/day';
import type { Grant } from '../../file/parsed-file';
import { pathInside, pathText } from '../../file/path';
import type { Check } from '../check';

/** Access and acceptances that have an end date end within a year. */
export const farExpiry: Check = {
  name: 'far-expiry',
  severity: 'warning',
  reason: 'Nobody reviews access that does not expire for years.',
  fix: 'Set expires to a day within a year, and renew it when that day comes.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  requires: [],
  find: (access) => {
    const latest = oneYearAfter(access.day);
    const places = [
      ...access.grants.map(({ expires, path }) => ({ expires, path: `${path}.expires` })),
      ...access.grants.flatMap(({ accept, path }) => acceptanceEnds(accept, path)),
      ...Object.entries(access.roles).flatMap(([name, { accept }]) =>
        acceptanceEnds(accept, pathText(['roles', name])),
      ),
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
              fix: 'Set an earlier day, and renew it when that day comes.',
            },
          ],
    );
  },
};

function acceptanceEnds(accept: Grant['accept'], path: string): readonly { expires: string; path: string }[] {
  return Object.entries(accept).flatMap(([name, acceptance]) =>
    typeof acceptance === 'string'
      ? []
      : [{ expires: acceptance.expires, path: `${pathInside(`${path}.accept`, name)}.expires` }],
  );
}
