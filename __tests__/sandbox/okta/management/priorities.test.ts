import fc from 'fast-check';
import { placed, renumbered } from '../../../../sandbox/okta/management/priorities';

const THREE = ['a', 'b', 'c'].map((id, index) => ({ id, priority: index + 1 }));

function order(things: readonly { readonly id: string; readonly priority: number }[]): string {
  return things.map(({ id, priority }) => `${id}${priority}`).join(' ');
}

describe('priorities', () => {
  test.each([
    [1, 'd1 a2 b3 c4'],
    [3, 'a1 b2 d3 c4'],
    [4, 'a1 b2 c3 d4'],
    [99, 'a1 b2 c3 d4'],
  ])('of a new object at %s move the others back: %s', (wanted, expected) => {
    expect(order(placed(THREE, { id: 'd', priority: 0 }, wanted))).toBe(expected);
  });

  test.each([
    [1, 'c1 a2 b3'],
    [2, 'a1 c2 b3'],
    [3, 'a1 b2 c3'],
  ])('of an object that moves to %s: %s', (wanted, expected) => {
    expect(order(placed(THREE, { id: 'c', priority: 3 }, wanted))).toBe(expected);
  });

  test('have no gap where an object was', () => {
    expect(order(renumbered(THREE.filter(({ id }) => id !== 'b')))).toBe('a1 c2');
  });

  test('are always 1 to n, with the object where it was wanted', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }),
        fc.nat(),
        fc.nat(),
        (ids, who, wanted) => {
          const things = ids.map((id, index) => ({ id, priority: index + 1 }));
          const thing = things[who % things.length] as (typeof things)[number];
          const result = placed(things, thing, (wanted % things.length) + 1);

          expect(result.map(({ priority }) => priority)).toEqual(things.map((_thing, index) => index + 1));
          expect(result[wanted % things.length]?.id).toBe(thing.id);
        },
      ),
    );
  });
});
