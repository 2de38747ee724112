import { AccessError } from '../../constraints/access-error';
import { formatOf, parsedText } from '../../input/access-text';

function problemsOf(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (AccessError.is(error)) return error.problems;
    throw error;
  }
  throw new Error('expected a failure');
}

describe('parsedText', () => {
  test('reads JSON with comments and trailing commas', () => {
    const text = `\uFEFF// first
{ /* a
  b */ "a": "x // y /* z */", // c
  "b": [1, 2,],
  "c": "\\",] //", "d": "\\\\",
}`;

    expect(parsedText(text, 'jsonc')).toEqual({ a: 'x // y /* z */', b: [1, 2], c: '",] //', d: '\\' });
  });

  test('fails on comments in JSON', () => {
    expect(problemsOf(() => parsedText('{} // a', 'json'))[0]?.message).toBe('The file is not valid JSON.');
  });

  test('fails on a repeated key after a comment at its place', () => {
    expect(problemsOf(() => parsedText('/* a\n */ {"b": 1,\n "b": 2}', 'jsonc'))[0]?.path).toBe('line 3, column 2');
  });
});

describe('formatOf', () => {
  test.each([
    ['access.config.ts', 'ts'],
    ['a.json', 'json'],
    ['a.jsonc', 'jsonc'],
    ['a.yaml', 'yaml'],
    ['a.yml', 'yaml'],
  ])('of %s is %s', (file, format) => expect(formatOf(file)).toBe(format));

  test('fails on another extension', () => {
    expect(problemsOf(() => formatOf('a.toml'))).toEqual([
      {
        path: '',
        check: 'file',
        message: 'The access file has no supported extension.',
        given: 'the extension .toml',
        allowed: '.ts, .json, .jsonc, .yaml, .yml',
        fix: 'Rename it, or set ACCESS_CONFIG to another file.',
      },
    ]);
  });
});
