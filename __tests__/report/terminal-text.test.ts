import { styleText } from 'node:util';
import { terminalText } from '../../report/terminal-text';

describe('terminalText', () => {
  test.each([
    ['an escape sequence that clears the screen', 'a\u001b[2Jb', 'a\\u001b[2Jb'],
    ['a sequence of one character that a terminal obeys', 'a\u009b31mb', 'a\\u009b31mb'],
    ['a carriage return, which overwrites a line', 'yes\rno', 'yes\\rno'],
    ['a bell and a backspace', '\u0007\b', '\\u0007\\b'],
    ['an override of the direction', 'a\u202eb', 'a\\u202eb'],
    ['a title, ended by a bell', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
  ])('escapes %s', (_, text, safe) => {
    expect(terminalText(text, undefined)).toBe(safe);
  });

  test('keeps line breaks, letters of every script, and colors', () => {
    const text = `${styleText('red', 'rot', { validateStream: false })}\n  Ä 漢 →`;

    expect(terminalText(text, undefined)).toBe(text);
  });

  test('wraps long lines at the width, with the indentation of the line plus two', () => {
    expect(terminalText('  one two three four\nshort', 12)).toBe('  one two\n    three\n    four\nshort');
  });

  test('does not count colors, and does not break a word', () => {
    const colored = styleText('red', 'abcdef', { validateStream: false });

    expect(terminalText(`${colored} ghi`, 10)).toBe(`${colored} ghi`);
    expect(terminalText('https://example.com/a/long/address', 10)).toBe('https://example.com/a/long/address');
  });

  test('does not wrap for a stream that is not a terminal', () => {
    expect(terminalText('a b c d e f g', undefined)).toBe('a b c d e f g');
    expect(terminalText('a b c d e f g', 0)).toBe('a b c d e f g');
  });
});
