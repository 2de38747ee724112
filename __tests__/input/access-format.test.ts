import { AccessError } from '../../constraints/access-error';
import { formatOf } from '../../input/access-format';

describe('formatOf', () => {
  test.each([
    ['access.config.ts', 'ts'],
    ['a.mts', 'ts'],
    ['a.cts', 'ts'],
    ['a.js', 'ts'],
    ['a.mjs', 'ts'],
    ['a.cjs', 'ts'],
    ['a.json', 'json'],
    ['a.jsonc', 'jsonc'],
    ['a.yaml', 'yaml'],
    ['a.yml', 'yaml'],
  ])('of %s is %s', (file, format) => expect(formatOf(file)).toBe(format));

  test.each([
    ['a.toml', 'the extension .toml'],
    ['people.csv', 'the extension .csv'],
    ['constructor', 'no extension'],
    ['a.constructor', 'the extension .constructor'],
  ])('fails on %s', (file, given) => {
    expect(() => formatOf(file)).toThrow(
      AccessError.of([
        {
          path: '',
          check: 'file',
          message: 'The access file has no supported extension.',
          given,
          allowed: '.ts, .mts, .cts, .js, .mjs, .cjs, .json, .jsonc, .yaml, .yml',
          fix: 'Rename it, or set ACCESS_CONFIG to another file.',
        },
      ]),
    );
  });
});
