import { abbreviated } from '../../constraints/abbreviated';

test.each([
  [[], ''],
  [['a', 'b', 'c'], 'a, b, c'],
  [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
])('at most three names of %j are %j', (names, text) => {
  expect(abbreviated(names, 3)).toBe(text);
});
