import { AccessError, defineAccess, isDefinedAccess, readAccess } from '../../model';
import { accessWith, DAY, SMALLEST } from '../access-files';

describe('defineAccess', () => {
  test('returns the model of the file, frozen', () => {
    const access = defineAccess(SMALLEST);

    expect(access).toEqual(readAccess(SMALLEST, DAY));
    expect(Object.isFrozen(access)).toBe(true);
    expect(Object.isFrozen(access.grants[0])).toBe(true);
  });

  test('keeps its mark out of the data', () => {
    const access = defineAccess(SMALLEST);

    expect(Reflect.ownKeys({ ...access })).toEqual(Object.keys(readAccess(SMALLEST, DAY)));
    expect(JSON.stringify(access)).toBe(JSON.stringify(readAccess(SMALLEST, DAY)));
  });

  test('fails with every problem of the file', () => {
    const define = () => defineAccess({ ...SMALLEST, okta: { orgName: '' }, tags: { 'aws:x': 'y' } });

    expect(define).toThrow(AccessError);
    expect(define).toThrow(/okta\.orgName[\s\S]*tags\["aws:x"\]/);
  });
});

describe('isDefinedAccess', () => {
  test('is true for the result of defineAccess', () => {
    expect(isDefinedAccess(defineAccess(SMALLEST))).toBe(true);
  });

  test('uses a symbol that every copy and version of the module shares', () => {
    expect(Object.hasOwn(defineAccess(SMALLEST), Symbol.for('okta-eks-access/defined'))).toBe(true);
  });

  test('is true for the result of another copy of the module', () => {
    jest.isolateModules(() => {
      const copy: typeof import('../../model') = require('../../model');

      expect(copy.defineAccess).not.toBe(defineAccess);
      expect(isDefinedAccess(copy.defineAccess(SMALLEST))).toBe(true);
    });
  });

  test.each([
    ['a plain file', SMALLEST],
    ['a model that was read', accessWith()],
    ['a copy', { ...defineAccess(SMALLEST) }],
    ['an object that inherits from one', Object.create(defineAccess(SMALLEST))],
    ['null', null],
    ['nothing', undefined],
    ['a text', 'access'],
    ['a function', defineAccess],
  ])('is false for %s', (_, value) => {
    expect(isDefinedAccess(value)).toBe(false);
  });
});
