import { problemsWith } from '../../../access-files';

const NAME = 'tag-limits';
const prod = (tags: object) => ({ clusters: { prod: { kind: 'eks', region: 'eu-west-1', tags } } });
const many = (count: number, name: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, 'x']));

const found = (changes: Record<string, unknown>) => problemsWith(changes).filter((problem) => problem.check === NAME);

test.each<[changes: Record<string, unknown>, path: string, given: string, fix: string]>([
  [{ tags: { note: '🙂' } }, 'tags.note', '🙂', 'Remove'],
  [prod({ note: 'a<b' }), 'clusters.prod.tags.note', 'a<b', 'Remove <'],
  [prod({ note: 'a'.repeat(257) }), 'clusters.prod.tags.note', '257 characters', 'Shorten it by 1'],
  [{ ...prod(many(30, 'a')), tags: many(21, 'b') }, 'clusters.prod.tags', '51 tags', 'Remove 1'],
])('%j is found at %s', (changes, path, given, fix) => {
  expect(found(changes)).toEqual([
    expect.objectContaining({ path, given: expect.stringContaining(given), fix: expect.stringContaining(fix) }),
  ]);
});

test.each<Record<string, unknown>>([
  { tags: { note: '𝒳'.repeat(200) } },
  { tags: { note: 'Größe 日本 + - = . _ : / @', empty: '' } },
  { ...prod(many(30, 'a')), tags: many(20, 'b') },
])('is silent on %j', (changes) => {
  expect(found(changes)).toEqual([]);
});
