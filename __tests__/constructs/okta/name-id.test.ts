import { nameId } from '../../../constructs/okta/name-id';

describe('nameId', () => {
  test.each([
    ['ana@example.com', 'ana@example.com'],
    ['a/b', 'a%2Fb'],
    ['a--b', 'a--b'],
    ['a%2Fb', 'a%252Fb'],
    ['a/b/c%', 'a%2Fb%2Fc%25'],
  ])('makes %s %s, which no other name has', (name, id) => {
    expect(nameId(name)).toBe(id);
  });
});
