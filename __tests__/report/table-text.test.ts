import { tableLines, tableText } from '../../report/table-text';

describe('tableText', () => {
  test('aligns columns without trailing spaces', () => {
    expect(
      tableText([
        ['A', 'B', 'C'],
        ['long', 'b', ''],
        ['a', 'longer', 'c'],
      ]),
    ).toBe('A     B       C\nlong  b\na     longer  c\n');
  });

  test('does not count colours as width', () => {
    expect(
      tableLines([
        ['\u001b[2mA\u001b[22m', 'B'],
        ['aa', 'b'],
      ]),
    ).toEqual(['\u001b[2mA\u001b[22m   B', 'aa  b']);
  });
});
