import { AWS_REGIONS, AWS_REGIONS_AS_OF } from '../../../constraints/eks/regions';
import { shown } from '../../../constraints/finding';
import { nameList, nearestName } from '../../../constraints/nearest-name';
import type { Access } from '../../derived/access';
import { eksClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Each region is one that AWS is known to have. */
export const unknownRegion: Check = {
  name: 'unknown-region',
  severity: 'warning',
  reason: `In a region that does not exist, no request finds an API. The known regions are those of ${AWS_REGIONS_AS_OF}.`,
  fix: 'Correct the region, unless AWS has added it since.',
  source: 'https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html',
  requires: [],
  find: (access) =>
    regionsOf(access).flatMap(({ region, place }) => {
      if ((AWS_REGIONS as readonly string[]).includes(region)) return [];
      const nearest = nearestName(region, AWS_REGIONS);
      return [
        {
          path: pathText(place),
          message: `AWS had no such region on ${AWS_REGIONS_AS_OF}.${nearest === undefined ? '' : ` Did you mean ${shown(nearest)}?`}`,
          given: shown(region),
          allowed: `${nameList(AWS_REGIONS)}, or a newer one with this warning`,
          fix: nearest === undefined ? 'Correct the region.' : `Write ${shown(nearest)}.`,
        },
      ];
    }),
};

function regionsOf(access: Access): readonly { readonly region: string; readonly place: readonly string[] }[] {
  const { backend } = access;
  return [
    ...eksClusters(access).map(({ key, settings }) => ({
      region: settings.region as string,
      place: ['clusters', key, 'region'],
    })),
    ...(backend !== 'local' && 's3' in backend
      ? [{ region: backend.s3.region, place: ['backend', 's3', 'region'] }]
      : []),
  ];
}
