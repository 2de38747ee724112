import { parseExpression } from '../../../constraints/okta/expression';

const attribute = (name: string) => ({ kind: 'attribute', name });
const constant = (value: unknown) => ({ kind: 'constant', value });

describe('parseExpression', () => {
  test('understands that and binds more than or, and not more than both', () => {
    expect(parseExpression('user.a or !user.b and user.c')).toEqual({
      kind: 'or',
      operands: [attribute('a'), { kind: 'and', operands: [{ kind: 'not', operand: attribute('b') }, attribute('c')] }],
    });
  });

  test.each([
    ['null', constant(null)],
    ['2.5', constant(2.5)],
    ['"a \\"b\\""', constant('a "b"')],
    ['{1, user.a}', { kind: 'list', items: [constant(1), attribute('a')] }],
    ['Any.thing(user.a)', { kind: 'call', name: 'Any.thing', args: [attribute('a')] }],
    ['user.a >= 1', { kind: 'comparison', operator: '>=', left: attribute('a'), right: constant(1) }],
  ])('of %s gives %j', (text, expression) => {
    expect(parseExpression(text)).toEqual(expression);
  });

  test.each([
    ['user.a = 1', 'unexpected = 1'],
    ['person.a', 'unknown name person.a'],
    ['(user.a', 'expected ), found the end'],
  ])('fails for %s', (text, message) => {
    expect(() => parseExpression(text)).toThrow(new Error(message));
  });
});
