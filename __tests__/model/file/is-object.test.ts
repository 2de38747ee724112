import { isObject } from '../../../model/file/is-object';

describe('isObject', () => {
  test.each([[{}], [{ a: 1 }], [Object.create(null)]])('is true of %j', (value) => {
    expect(isObject(value)).toBe(true);
  });

  test.each([[null], [undefined], [[]], ['a'], [5], [true], [() => ({})]])('is false of %p', (value) => {
    expect(isObject(value)).toBe(false);
  });
});
