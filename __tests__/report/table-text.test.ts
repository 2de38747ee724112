import { tableText } from '../../report/table-text';

describe('tableText', () => {
  test('aligns the columns and ends no line with blanks', () => {
    expect(
      tableText([
        ['A', 'B', 'C'],
        ['long', 'b', ''],
        ['a', 'longer', 'c'],
      ]),
    ).toBe('A     B       C\nlong  b\na     longer  c\n');
  });
});
