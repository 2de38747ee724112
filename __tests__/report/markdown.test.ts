import { cellCode, code, comment } from '../../report/markdown';

describe('code', () => {
  test.each([
    ['eks-admins', '`eks-admins`'],
    ['a || b', '`a || b`'],
    ['a`b', '``a`b``'],
    ['`a``', '``` `a`` ```'],
    ['a\nb', '`a\\nb`'],
    ['a\u202eb', '`a\\u202eb`'],
    ['<img src=x>', '`<img src=x>`'],
  ])('writes %j so that nothing in it is markup', (name, markdown) => {
    expect(code(name)).toBe(markdown);
  });
});

describe('cellCode', () => {
  test.each([
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a\\\\\\|b`'],
    ['`|', '`` `\\| ``'],
  ])('writes %j so that it does not end its cell', (name, markdown) => {
    expect(cellCode(name)).toBe(markdown);
  });
});

describe('comment', () => {
  const leftOut = (lines: number) => `${lines} left out`;

  test('has every line where they fit', () => {
    expect(comment('heading\n', ['a', 'b'], leftOut)).toBe('heading\na\nb\n');
  });

  test.each([
    ['keeps a line that just fits', 59_998, 'a\n'],
    ['leaves out a line that just does not', 59_999, '\n1 left out\n'],
  ])('%s', (_, size, rest) => {
    const heading = 'h'.repeat(size);

    expect(comment(heading, ['a'], leftOut)).toBe(heading + rest);
  });

  test('says how many lines it leaves out', () => {
    const text = comment('', Array(10).fill('x'.repeat(9999)), leftOut);

    expect(text).toBe(`${`${'x'.repeat(9999)}\n`.repeat(6)}\n4 left out\n`);
  });
});
