import { isObject } from '../../../model/file/is-object';

describe('isObject', () => {
  test.each([[{}], [{ a: 1 }], [Object.create(null)]])('is true for %j', (value) => {
    expect(isObject(value)).toBe(true);
  });

  test.each([[null], [undefined], [[]], ['a'], [5], [true], [() => ({})]])('is false for %p', (value) => {
    expect(isObject(value)).toBe(false);
  });
});
