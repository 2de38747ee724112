import { valuesAt } from '../../../model/file/values-at';

const FILE = {
  clusters: { prod: { logs: ['api', 'audit'] }, test: { logs: [] }, other: {} },
  grants: [{ group: 'a' }, 5, { group: 'b' }],
  tags: undefined,
};

describe('valuesAt', () => {
  test('is the value at a place, with its segments', () => {
    expect(valuesAt(FILE, ['clusters', 'test', 'logs'])).toEqual([
      { segments: ['clusters', 'test', 'logs'], value: [] },
    ]);
  });

  test('are those under any name', () => {
    expect(valuesAt(FILE, ['clusters', '*', 'logs'])).toEqual([
      { segments: ['clusters', 'prod', 'logs'], value: ['api', 'audit'] },
      { segments: ['clusters', 'test', 'logs'], value: [] },
    ]);
  });

  test('are those at any index', () => {
    expect(valuesAt(FILE, ['grants', '*', 'group'])).toEqual([
      { segments: ['grants', 0, 'group'], value: 'a' },
      { segments: ['grants', 2, 'group'], value: 'b' },
    ]);
  });

  test('is the whole value at no place', () => {
    expect(valuesAt(5, [])).toEqual([{ segments: [], value: 5 }]);
  });

  test.each([
    [['nothing']],
    [['grants', '0', 'group']],
    [['grants', 'length']],
    [['tags', '*']],
    [['clusters', 'prod', 'toString']],
  ])('is nothing at %j', (place) => {
    expect(valuesAt(FILE, place)).toEqual([]);
  });

  test.each([[null], ['text'], [undefined]])('is nothing in %j', (value) => {
    expect(valuesAt(value, ['*'])).toEqual([]);
  });
});
