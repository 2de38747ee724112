/** A part of an expression of Okta, without its meaning. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  /** An attribute of the profile, such as `department` for `user.department`. */
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'comparison';
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] };

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;

/** A sign between two values. */
export type Comparison = (typeof COMPARISONS)[number];

/**
 * Parses an expression of Okta, as group rules use it: comparisons, calls, lists, and, or, not. Functions can have any
 * name. Arithmetic and `? :` are not supported.
 * @throws Error that says what is unexpected.
 * @see https://developer.okta.com/docs/reference/okta-expression-language/
 */
export function parseExpression(expression: string): Expression {
  return new Parser(tokensOf(expression)).parse();
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\d+(?:\.\d+)?|[A-Za-z_][\w.]*|==|!=|>=|<=|&&|\|\||[()<>!,{}])/y;

function tokensOf(expression: string): readonly string[] {
  const tokens: string[] = [];
  const end = expression.trimEnd().length;
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < end; ) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(expression);
    if (match === null) throw new Error(`unexpected ${expression.slice(at).trim()}`);
    tokens.push(match[1] as string);
  }
  return tokens;
}

const CONSTANTS = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** A recursive-descent parser. Precedence from low to high: or, and, not, comparison. */
class Parser {
  private next = 0;

  constructor(private readonly tokens: readonly string[]) {}

  parse(): Expression {
    const expression = this.or();
    if (this.next < this.tokens.length) throw new Error(`unexpected ${this.tokens[this.next]}`);
    return expression;
  }

  private or(): Expression {
    const operands = [this.and()];
    while (this.take('or', '||') !== undefined) operands.push(this.and());
    return operands.length === 1 ? (operands[0] as Expression) : { kind: 'or', operands };
  }

  private and(): Expression {
    const operands = [this.not()];
    while (this.take('and', '&&') !== undefined) operands.push(this.not());
    return operands.length === 1 ? (operands[0] as Expression) : { kind: 'and', operands };
  }

  private not(): Expression {
    if (this.take('not', '!') === undefined) return this.comparison();
    return { kind: 'not', operand: this.not() };
  }

  private comparison(): Expression {
    const left = this.operand();
    const operator = this.take(...COMPARISONS) as Comparison | undefined;
    return operator === undefined ? left : { kind: 'comparison', operator, left, right: this.operand() };
  }

  private operand(): Expression {
    if (this.take('(') !== undefined) {
      const expression = this.or();
      this.expect(')');
      return expression;
    }
    if (this.take('{') !== undefined) return { kind: 'list', items: this.list('}') };
    const token = this.tokens[this.next++];
    if (token === undefined) throw new Error('unexpected end');
    if (/^["']/.test(token)) return { kind: 'constant', value: token.slice(1, -1).replace(/\\(.)/g, '$1') };
    if (/^\d/.test(token)) return { kind: 'constant', value: Number(token) };
    const value = CONSTANTS.get(token.toLowerCase());
    if (value !== undefined) return { kind: 'constant', value };
    if (this.take('(') !== undefined) return { kind: 'call', name: token, args: this.list(')') };
    const name = /^user\.(\w+)$/.exec(token)?.[1];
    if (name === undefined) throw new Error(`unknown name ${token}`);
    return { kind: 'attribute', name };
  }

  private list(end: string): readonly Expression[] {
    const items: Expression[] = [];
    if (this.take(end) !== undefined) return items;
    do items.push(this.or());
    while (this.take(',') !== undefined);
    this.expect(end);
    return items;
  }

  /** Takes the next token if it is one of these, ignoring case: Okta accepts both AND and and. */
  private take(...wanted: readonly string[]): string | undefined {
    const token = this.tokens[this.next]?.toLowerCase();
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.next++;
    return token;
  }

  private expect(wanted: string): void {
    if (this.take(wanted) === undefined)
      throw new Error(`expected ${wanted}, found ${this.tokens[this.next] ?? 'the end'}`);
  }
}
