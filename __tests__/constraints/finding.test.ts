import { findingText, shown } from '../../constraints/finding';

describe('findingText', () => {
  test('is one line with what was given, what is allowed and the fix', () => {
    const text = findingText({
      message: 'Too long.',
      given: "'x'",
      allowed: 'shorter',
      fix: 'Shorten it.',
      source: 'https://example.com',
    });

    expect(text).toBe("Too long. Given: 'x'. Allowed: shorter. Fix: Shorten it.");
  });
});

describe('shown', () => {
  test.each([
    ['a text', "'a text'"],
    ['', "''"],
    ['say "hi"', '\'say "hi"\''],
    ["it's", "'it's'"],
    ['a\\b', "'a\\\\b'"],
    ['a\nb\tc\r', "'a\\nb\\tc\\r'"],
    ['\u001b[2J\u0000', "'\\u001b[2J\\u0000'"],
    [1.35, '1.35'],
    [0, '0'],
    [Number.NaN, 'NaN'],
    [true, 'true'],
    [false, 'false'],
    [null, 'null'],
    [undefined, 'nothing'],
    [[], 'an empty list'],
    [[1], 'a list of 1'],
    [['a', 'b'], 'a list of 2'],
    [{}, 'an empty object'],
    [{ a: 1, b: undefined }, 'an object with a, b'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'an object with a, b, c, d, e'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, 'an object with a, b, c, d, e'],
    [() => 1, 'a function'],
    [Symbol('x'), 'a symbol'],
    [1n, 'a bigint'],
  ])('shows %j as %s', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  test('shows a text of 80 characters whole and of a longer one the first 77', () => {
    expect(shown('x'.repeat(80))).toBe(`'${'x'.repeat(80)}'`);
    expect(shown('x'.repeat(81))).toBe(`'${'x'.repeat(77)}...'`);
  });

  test.each([
    ['delete', '\u007f'],
    ['the control sequence of one character', '\u009b'],
    ['next line', '\u0085'],
    ['line separator', '\u2028'],
    ['right-to-left override', '\u202e'],
  ])('escapes %s, which could change how the line is read', (_, letter) => {
    const code = letter.charCodeAt(0).toString(16).padStart(4, '0');

    expect(shown(`a${letter}b`)).toBe(`'a\\u${code}b'`);
  });

  test('escapes control characters in the keys of an object', () => {
    expect(shown({ 'a\n    fix: b': 1 })).not.toContain('\n');
  });

  test('cuts long keys of an object', () => {
    expect(shown({ ['k'.repeat(10_000)]: 1 }).length).toBeLessThan(500);
  });
});
