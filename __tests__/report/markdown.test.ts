import { cellCode, code, comment, words } from '../../report/markdown';

describe('code', () => {
  test.each([
    ['eks-admins', '`eks-admins`'],
    ['a || b', '`a || b`'],
    ['a`b', '``a`b``'],
    ['`a``', '``` `a`` ```'],
    ['a\nb', '`a\\nb`'],
    ['a\u202eb', '`a\\u202eb`'],
    ['<img src=x>', '`<img src=x>`'],
  ])('writes %j without Markdown in it', (name, markdown) => {
    expect(code(name)).toBe(markdown);
  });
});

describe('cellCode', () => {
  test.each([
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a\\\\\\|b`'],
    ['`|', '`` `\\| ``'],
  ])('writes %j so that it does not end the cell', (name, markdown) => {
    expect(cellCode(name)).toBe(markdown);
  });
});

describe('words', () => {
  test.each([
    ['A sentence, with words.', 'A sentence, with words.'],
    ['@team fixes #12', '\\@team fixes \\#12'],
    ['https://example.com, www.example.com', 'https\\://example.com, www\\.example.com'],
    ['<b> `a` [x](y) a\u202eb', '\\<b\\> \\`a\\` \\[x\\](y) a\\\\u202eb'],
  ])('writes %j without Markdown, links, and mentions', (text, markdown) => {
    expect(words(text)).toBe(markdown);
  });
});

describe('comment', () => {
  test('contains all lines that fit', () => {
    expect(comment('heading\n', ['a', 'b'], 'line')).toBe('heading\na\nb\n');
  });

  test.each([
    ['keeps a line that just fits', 59_998, 'a\n'],
    [
      'leaves out a line that is one character too long',
      59_999,
      '\n**1 line left out** to fit into a comment. Other formats contain everything.\n',
    ],
  ])('%s', (_, size, rest) => {
    const heading = 'h'.repeat(size);

    expect(comment(heading, ['a'], 'line')).toBe(heading + rest);
  });

  test('counts the lines that it leaves out', () => {
    const text = comment('', Array(10).fill('x'.repeat(9999)), 'row');

    expect(text).toBe(
      `${`${'x'.repeat(9999)}\n`.repeat(6)}\n**4 rows left out** to fit into a comment. Other formats contain everything.\n`,
    );
  });
});
