import { parseTemplate } from '../../../sandbox/synthesized/expression';

function reference(...path: (string | number)[]) {
  return { kind: 'reference', path };
}

describe('parseTemplate', () => {
  test.each([
    ['', []],
    ['plain { } $ %', ['plain { } $ %']],
    ['${okta_group.Group_eks-admins_98.id}', [reference('okta_group', 'Group_eks-admins_98', 'id')]],
    ['${a.b.c[0].d["e f"]}', [reference('a', 'b', 'c', 0, 'd', 'e f')]],
    [
      '${base64decode(data.a.b.c)}',
      [{ kind: 'call', name: 'base64decode', argument: reference('data', 'a', 'b', 'c') }],
    ],
    ['from ${a.b.c} to ${d.e.f}.', ['from ', reference('a', 'b', 'c'), ' to ', reference('d', 'e', 'f'), '.']],
    ['$${a.b.c} %%{if}', ['${', 'a.b.c} ', '%{', 'if}']],
  ])('reads %s', (text, parts) => {
    expect(parseTemplate(text)).toEqual(parts);
  });

  test.each([
    ['%{ if true }', '%{} directives are not supported'],
    ['${a.b', 'expected } before ""'],
    ['${a.b + 1}', 'expected } before " + 1}"'],
    ['${a.b.*.c}', 'expected a name before "*.c}"'],
    ['${[]}', 'expected a name before "[]}"'],
    ['${join(a.b, c.d)}', 'expected ) before ", c.d)}"'],
  ])('fails for %s', (text, message) => {
    expect(() => parseTemplate(text)).toThrow(new Error(message));
  });
});
