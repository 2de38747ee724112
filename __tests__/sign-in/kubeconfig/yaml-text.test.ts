import fc from 'fast-check';
import { parse } from 'yaml';
import { type Plain, yamlLines } from '../../../sign-in/kubeconfig/yaml-text';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    ...['yes', 'No', 'on', 'y', '~', 'null', '1e3', '0o7', '12:30', '2024-01-01', '.inf', '1_000', '-', ''],
  ),
  fc.constantFrom(
    ...['a: b', 'a #b', '- a', '--a=b', '[a', '{a', '&a', '*a', '!a', '%a', '@a', '`a', 'a:', ' a', 'a '],
  ),
);
const plain = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value;

describe('YAML text', () => {
  test.each(['1.1', '1.2'] as const)('says the same to a reader of YAML %s', (version) => {
    fc.assert(
      fc.property(plain, (value) => {
        const read = parse(yamlLines(value).join('\n'), { version, prettyErrors: false });

        expect(read).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('quotes only what needs it', () => {
    expect(yamlLines(['--oidc-extra-scope=email', 'https://a.example:6443/x', 'yes', '1e3', 'a b', 'a:'])).toEqual([
      '- --oidc-extra-scope=email',
      '- https://a.example:6443/x',
      '- "yes"',
      '- "1e3"',
      '- "a b"',
      '- "a:"',
    ]);
  });
});
