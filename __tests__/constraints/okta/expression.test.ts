import { ExpressionError, expressionKey, lineAndColumn, parseExpression } from '../../../constraints/okta/expression';

const attribute = (name: string) => ({ kind: 'attribute', name });
const constant = (value: unknown) => ({ kind: 'constant', value });

/** An expression without the places of its parts. */
function parsed(text: string): unknown {
  return JSON.parse(JSON.stringify(parseExpression(text), (key, value) => (key === 'at' ? undefined : value)));
}

function errorOf(text: string): ExpressionError {
  try {
    parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error(`${text} is valid`);
}

describe('parseExpression', () => {
  test('understands that and binds more than or, and not more than both', () => {
    expect(parsed('user.a or !user.b and user.c')).toEqual({
      kind: 'or',
      operands: [attribute('a'), { kind: 'and', operands: [{ kind: 'not', operand: attribute('b') }, attribute('c')] }],
    });
  });

  test.each([
    ['null', constant(null)],
    ['TRUE', constant(true)],
    ['2.5', constant(2.5)],
    ['"a \\"b\\""', constant('a "b"')],
    ["'it''s'", constant("it's")],
    ['"eks-\\d+"', constant('eks-\\d+')],
    ['{1, user.a}', { kind: 'list', items: [constant(1), attribute('a')] }],
    ['Any.thing(user.a)', { kind: 'call', name: 'Any.thing', args: [attribute('a')] }],
    ['user.a.b("c")', { kind: 'call', name: 'b', of: attribute('a'), args: [constant('c')] }],
    ['user["a"]', attribute('a')],
    ['appuser.role', { kind: 'name', name: 'appuser.role' }],
    ['f().a', { kind: 'property', of: { kind: 'call', name: 'f', args: [] }, key: constant('a') }],
    ['user.a >= 1', { kind: 'comparison', operator: '>=', left: attribute('a'), right: constant(1) }],
    ['user.a GE 1', { kind: 'comparison', operator: '>=', word: 'GE', left: attribute('a'), right: constant(1) }],
    [
      '1 + 2 * user.a',
      {
        kind: 'arithmetic',
        operator: '+',
        left: constant(1),
        right: { kind: 'arithmetic', operator: '*', left: constant(2), right: attribute('a') },
      },
    ],
    ['user.a ? 1 : 2', { kind: 'conditional', condition: attribute('a'), yes: constant(1), no: constant(2) }],
    [
      '!user.a == 1',
      {
        kind: 'not',
        isLoose: true,
        operand: { kind: 'comparison', operator: '==', left: attribute('a'), right: constant(1) },
      },
    ],
    [
      '!(user.a == 1)',
      { kind: 'not', operand: { kind: 'comparison', operator: '==', left: attribute('a'), right: constant(1) } },
    ],
  ])('of %s gives %j', (text, expression) => {
    expect(parsed(text)).toEqual(expression);
  });

  test.each([
    ['', 'the expression is empty', 0],
    ['user.department == "Eng" AND', 'the expression ends after AND', 28],
    ['user.department == "Eng" AND ', 'the expression ends after AND', 28],
    ['user.a = 1', '= assigns a value, == compares', 7],
    ['(user.a = 1)', '= assigns a value, == compares', 8],
    ['user.a === 1', '= assigns a value, == compares', 9],
    ['(user.a', 'expected ), found the end', 7],
    ['user.a == "x', 'the text after " has no end', 10],
    ['user.a == \u201cx\u201d', 'unexpected \u201c: write texts in straight quotes, " or \'', 10],
    ['user.a & user.b', 'unexpected &: write && or ||', 7],
    ['user.a == AND', 'unexpected AND', 10],
    ['user.a == 1 == 2', 'unexpected ==', 12],
    ['user.a ? 1', 'expected :, found the end', 10],
    [`${'('.repeat(100_000)}true`, 'more than 200 levels', 200],
    [`${'!'.repeat(100_000)}true`, 'more than 200 levels', 199],
  ])('fails for %.40s', (text, reason, at) => {
    expect(errorOf(text)).toMatchObject({ reason, at, isDoubtful: false });
  });

  test.each(['user.a matches "x"', 'user.a ?: true', 'user?.a == 1', '#root.a'])('cannot tell about %s', (text) => {
    expect(errorOf(text).isDoubtful).toBe(true);
  });
});

test('lineAndColumn counts both from 1', () => {
  expect([lineAndColumn('ab', 0), lineAndColumn('a\nbc', 3), lineAndColumn('a\n', 2)]).toEqual([
    'line 1, column 1',
    'line 2, column 2',
    'line 2, column 1',
  ]);
});

test.each([
  ['user.a == "x"', " user.a=='x' ", true],
  ['user.a == "x" AND user.b', 'user.a == "x" && (user.b)', true],
  ['user.a == "x"', 'user.a == "X"', false],
])('expressionKey of %s and %s: equal %s', (a, b, equal) => {
  expect(expressionKey(parseExpression(a)) === expressionKey(parseExpression(b))).toBe(equal);
});
