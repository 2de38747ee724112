import { GoNumber, GoObject, parseGoJson } from '../../authentication/go-json';

const parse = (text: string | Uint8Array) => parseGoJson(Buffer.from(text));

/** A parsed value in the words of JavaScript, with numbers as bigint-like text. */
function plain(value: ReturnType<typeof parse>): unknown {
  if (value instanceof GoNumber) return `#${value.text}`;
  if (value instanceof GoObject) return Object.fromEntries(value.members.map(([name, own]) => [name, plain(own)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('JSON as Go reads it', () => {
  test.each([
    ['null', null],
    [' true ', true],
    ['[false,\t[], {} ,[[1]]]\r\n', [false, [], {}, [['#1']]]],
    ['{"a":{"b":[1,{"c":null}]},"d":""}', { a: { b: ['#1', { c: null }] }, d: '' }],
    ['[-0,1.50,1E+9,123456789012345678901]', ['#-0', '#1.50', '#1E+9', '#123456789012345678901']],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9é\\ud83d\\ude00"', '"\\/\b\f\n\r\té\u00e9😀'],
  ])('reads %j', (text, value) => {
    expect(plain(parse(text))).toEqual(value);
  });

  test.each([
    ...[
      '',
      ' ',
      'nul',
      'NaN',
      '01',
      '1.',
      '.5',
      '+1',
      '-',
      '1e',
      '"',
      '"\t"',
      '"\\x"',
      '"\\u12"',
      "'a'",
      '[',
      '[1',
      '[1,]',
      '[,1]',
    ],
    ...['{', '{"a"}', '{"a":}', '{"a":1,}', '{a:1}', '{1:1}', '[1] 2', '[1]]', '\ufeff1', '1\u00a0', '{"a":1 "b":2}'],
  ])('fails for %j', (text) => {
    expect(() => parse(text)).toThrow(SyntaxError);
  });

  test.each([
    ['half a surrogate pair', '"a\\ud800b\\udc00"', 'a\ufffdb\ufffd'],
    ['a byte that is not UTF-8', Buffer.from('"\xff"', 'latin1'), '\ufffd'],
    ['each byte of half a character', Buffer.from('"\xe2\x82"', 'latin1'), '\ufffd\ufffd'],
    ['each byte of an encoded surrogate', Buffer.from('"\xed\xa0\x80"', 'latin1'), '\ufffd\ufffd\ufffd'],
    [
      'only what is wrong beside what is right',
      Buffer.from([0x22, 0xc3, 0xa9, 0xff, 0xf0, 0x9f, 0x98, 0x80, 0x22]),
      'é\ufffd😀',
    ],
  ])('replaces %s', (_case, text, value) => {
    expect(parse(text)).toBe(value);
  });

  test('keeps duplicates in order', () => {
    const object = parse('{"a":1,"A":2,"a":3}') as GoObject;

    expect(object.members.map(([name]) => name)).toEqual(['a', 'A', 'a']);
    expect(plain(object.get('a') ?? null)).toBe('#3');
    expect(object.field('a').map(plain)).toEqual(['#1', '#2', '#3']);
  });

  test.each(['ISS', 'i\u017fs', 'iSs'])('takes the name %j for the field iss', (name) => {
    const object = parse(JSON.stringify({ [name]: 'x', iss2: 'y', ıss: 'z' })) as GoObject;

    expect(object.field('iss')).toEqual(['x']);
    expect(object.get('iss')).toBeUndefined();
  });

  test.each(['__proto__', 'constructor', 'toString'])('keeps the name %s, which objects of JavaScript have', (name) => {
    const object = parse(`{"${name}":"x"}`) as GoObject;

    expect(object.get(name)).toBe('x');
    expect((parse('{}') as GoObject).get(name)).toBeUndefined();
  });

  test('reads 10 000 levels and no more', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

    expect(parse(nested(10_000))).toHaveLength(1);
    expect(() => parse(nested(10_001))).toThrow('exceeded max depth');
    expect(parseGoJson(Buffer.from(nested(50_000)), Number.POSITIVE_INFINITY)).toHaveLength(1);
  });
});
