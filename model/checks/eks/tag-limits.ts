import { MOST_TAGS, tagValueFinding } from '../../../constraints/eks/tags';
import { type Access, allClusters } from '../../derived/access';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';
import { isExpression } from '../names/terraform-expression';

/** AWS takes the values of tags, and their number. The check name-limits has their names. */
export const tagLimits: Check = {
  name: 'tag-limits',
  severity: 'error',
  reason: 'AWS refuses values of tags with other characters, longer ones, and more than 50 tags, but only at apply.',
  fix: 'Use letters of any alphabet, digits, spaces and _.:/=+-@, at most 256 of them.',
  source: 'https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html',
  requires: [],
  find: (access) => {
    const { tags } = access;
    return [
      ...valuesOf(tags, ['tags']),
      ...allClusters(access).flatMap(({ key, settings }) => {
        const place = ['clusters', key, 'tags'];
        return [...valuesOf(settings.tags, place), ...numberOf({ ...tags, ...settings.tags }, place)];
      }),
    ];
  },
};

function valuesOf(tags: Access['tags'], place: readonly string[]): readonly PlacedFinding[] {
  return Object.entries(tags).flatMap(([name, value]) => {
    // The check terraform-expression reports the others.
    const finding = isExpression(value) ? undefined : tagValueFinding(value);
    return finding === undefined ? [] : [{ ...finding, path: pathText([...place, name]) }];
  });
}

function numberOf(tags: Access['tags'], place: readonly string[]): readonly PlacedFinding[] {
  const number = Object.keys(tags).length;
  if (number <= MOST_TAGS) return [];
  return [
    {
      path: pathText(place),
      message: 'AWS refuses more tags on a resource.',
      given: `${number} tags, with those of the whole file`,
      allowed: `at most ${MOST_TAGS} tags`,
      fix: `Remove ${number - MOST_TAGS}.`,
    },
  ];
}
