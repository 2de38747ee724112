import { nameList, nearestName } from '../../constraints/nearest-name';

describe('nearestName', () => {
  test.each([
    ['eks-admin', ['eks-developers', 'eks-admins'], 'eks-admins'],
    ['eks-admims', ['eks-admins'], 'eks-admins'],
    ['eks-addmins', ['eks-admins'], 'eks-admins'],
    ['EKS-ADMINS', ['eks-admins'], 'eks-admins'],
    ['eks-admins', ['EKS-Admins'], 'EKS-Admins'],
    ['startWith', ['name', 'startsWith'], 'startsWith'],
    ['verison', ['region', 'version'], 'version'],
  ])('of %s among %j is %s', (given, allowed, nearest) => {
    expect(nearestName(given, allowed)).toBe(nearest);
  });

  test.each([
    ['two letters of a short name differ', 'prxx', 'prod', 'prod'],
    ['three letters of a short name differ', 'pxxx', 'prod', undefined],
    ['a third of the letters differs', 'abcdefghixxx', 'abcdefghijkl', 'abcdefghijkl'],
    ['more than a third of the letters differs', 'abcdefghxxxx', 'abcdefghijkl', 'abcdefghijkl'],
    ['five of twelve letters differ', 'abcdefgxxxxx', 'abcdefghijkl', undefined],
    ['a third of nine letters differs', 'abcdefxxx', 'abcdefghi', 'abcdefghi'],
    ['four of nine letters differ', 'abcdexxxx', 'abcdefghi', undefined],
    ['all letters of the allowed name differ', 'xy', 'ab', undefined],
    ['one of two letters differs', 'ay', 'ab', 'ab'],
    ['the given name has no letter in common', 'x', 'abc', undefined],
    ['as many letters are missing as were given', 'a', 'ab', undefined],
    ['as many letters are too many as the name has', 'ab', 'a', undefined],
    ['nothing is given', '', 'ab', undefined],
  ])('where %s: %s for %s is %s', (_, given, allowed, nearest) => {
    expect(nearestName(given, [allowed])).toBe(nearest);
  });

  test('is the one with the fewest different letters, wherever it stands', () => {
    expect(nearestName('prod-1', ['prod-22', 'prod-2', 'prod-222'])).toBe('prod-2');
  });

  test('is the first of two that are equally near', () => {
    expect(nearestName('prod-0', ['prod-2', 'prod-1'])).toBe('prod-2');
  });

  test('is none where nothing is allowed', () => {
    expect(nearestName('prod', [])).toBeUndefined();
  });

  test('counts a letter outside the basic plane as one', () => {
    expect(nearestName('ab😀', ['ab😁'])).toBe('ab😁');
  });
});

describe('nameList', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index + 1}`);

  test.each([
    [0, ''],
    [1, 'n1'],
    [2, 'n1, n2'],
    [10, 'n1, n2, n3, n4, n5, n6, n7, n8, n9, n10'],
    [11, 'n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11'],
    [12, 'n1, n2, n3, n4, n5, n6, n7, n8, n9, n10 and 2 more'],
    [25, 'n1, n2, n3, n4, n5, n6, n7, n8, n9, n10 and 15 more'],
  ])('of %d names', (count, text) => {
    expect(nameList(names(count))).toBe(text);
  });
});
