/** A part of an expression of Okta, without its meaning. `at` is the index of its first character in the expression. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null; readonly at: number }
  /** An attribute of the profile, such as `department` for `user.department`. */
  | { readonly kind: 'attribute'; readonly name: string; readonly at: number }
  /** Any other name, such as `appuser.role`, or a part of a value, such as `lastName` of `getManagerUser(…).lastName`. */
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'property'; readonly of: Expression; readonly key: Expression; readonly at: number }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly at: number }
  /** A call of a function; with `of`, of a method of a value. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      readonly of?: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'comparison';
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
      /** The operator in letters, such as `eq`, if it is not written as a sign. */
      readonly word?: string;
      readonly at: number;
    }
  | {
      readonly kind: 'arithmetic';
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'not';
      readonly operand: Expression;
      /** Whether the operand is a comparison without parentheses. */
      readonly isLoose?: true;
      readonly at: number;
    }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[]; readonly at: number }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
      readonly at: number;
    };

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;

/** A sign between two values. */
export type Comparison = (typeof COMPARISONS)[number];

/** A sign between two numbers; `+` also joins texts. */
export type Arithmetic = '+' | '-' | '*' | '/' | '%';

/** An expression that Okta cannot read. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';

  /**
   * @param reason what is wrong, such as `unexpected )`.
   * @param at the index of the character where it is.
   * @param isDoubtful whether Okta may know the syntax: no page of Okta says so.
   */
  constructor(
    readonly reason: string,
    readonly at: number,
    readonly isDoubtful = false,
  ) {
    super(reason);
  }
}

/**
 * Parses an expression of Okta: comparisons, calls, lists, and, or, not, arithmetic, and `? :`. Names and functions can be
 * any; `expressionFindings` says which of them Okta knows.
 * @throws ExpressionError
 * @see https://developer.okta.com/docs/reference/okta-expression-language/
 */
export function parseExpression(expression: string): Expression {
  return new Parser(tokensOf(expression), expression.trimEnd().length).parse();
}

/** The parts of an expression, without the parts of those. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'constant':
    case 'attribute':
    case 'name':
      return [];
    case 'property':
      return [expression.of, expression.key];
    case 'list':
      return expression.items;
    case 'call':
      return [...(expression.of === undefined ? [] : [expression.of]), ...expression.args];
    case 'comparison':
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'not':
      return [expression.operand];
    case 'and':
    case 'or':
      return expression.operands;
    case 'conditional':
      return [expression.condition, expression.yes, expression.no];
  }
}

/** The same text for expressions that differ only in white space, parentheses, quotes, and the case of operators. */
export function expressionKey(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) => (key === 'at' || key === 'word' ? undefined : value));
}

/** The same text for rules that say the same in another spelling, such as AND and &&; the text itself if it is none. */
export function ruleKey(rule: string): string {
  try {
    return expressionKey(parseExpression(rule));
  } catch (error) {
    if (error instanceof ExpressionError) return rule;
    throw error;
  }
}

/** The place of a character in words: `line 1, column 5`. */
export function lineAndColumn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

interface Token {
  readonly text: string;
  readonly at: number;
}

const NAME = String.raw`[A-Za-z_$][\w$]*`;
const TOKEN = new RegExp(
  String.raw`\s*("(?:[^"\\]|\\.|"")*"|'(?:[^'\\]|\\.|'')*'|\d+(?:\.\d+)?|${NAME}(?:\.${NAME})*|\.${NAME}|==|!=|>=|<=|&&|\|\||[()<>!,{}[\]=?:+*/%-])`,
  'ys',
);

function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < end; ) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(expression);
    if (match === null) throw unreadable(expression, from);
    const text = match[1] as string;
    tokens.push({ text, at: TOKEN.lastIndex - text.length });
  }
  return tokens;
}

function unreadable(expression: string, from: number): ExpressionError {
  const at = from + (/^\s*/.exec(expression.slice(from))?.[0].length ?? 0);
  const [letter] = [...expression.slice(at)];
  if (letter === '"' || letter === "'") return new ExpressionError(`the text after ${letter} has no end`, at);
  if (/[\u2018-\u201f\u00ab\u00bb`]/.test(letter ?? '')) {
    return new ExpressionError(`unexpected ${letter}: write texts in straight quotes, " or '`, at);
  }
  if (letter === '&' || letter === '|') return new ExpressionError(`unexpected ${letter}: write && or ||`, at);
  return new ExpressionError(`unexpected ${letter}`, at, letter === '#' || letter === '@');
}

const CONSTANTS = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Okta's language is a part of Spring's, which has these as words, too. */
const WORDS = new Map<string, Comparison>([
  ['eq', '=='],
  ['ne', '!='],
  ['lt', '<'],
  ['le', '<='],
  ['gt', '>'],
  ['ge', '>='],
]);

/** Operators of Spring's language that no page of Okta has for these expressions. `?:` and `?.` are others. */
const SPRING_ONLY = new Set(['matches', 'between', 'instanceof', 'div', 'mod']);

/** A limit for the parser itself, which calls itself for each level. */
const MOST_LEVELS = 200;

/** A recursive-descent parser. Precedence from low to high: `? :`, or, and, not, comparison, `+ -`, `* / %`. */
class Parser {
  private next = 0;
  private level = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  parse(): Expression {
    if (this.tokens.length === 0) throw new ExpressionError('the expression is empty', 0);
    const expression = this.conditional();
    if (this.next < this.tokens.length) throw this.unexpected();
    return expression;
  }

  private conditional(): Expression {
    if (++this.level > MOST_LEVELS) throw new ExpressionError(`more than ${MOST_LEVELS} levels`, this.at());
    const condition = this.or();
    const expression = this.take('?') === undefined ? condition : this.branches(condition);
    this.level--;
    return expression;
  }

  private branches(condition: Expression): Expression {
    const yes = this.conditional();
    this.expect(':');
    return { kind: 'conditional', condition, yes, no: this.conditional(), at: condition.at };
  }

  private or(): Expression {
    return this.joined('or', ['or', '||'], () => this.and());
  }

  private and(): Expression {
    return this.joined('and', ['and', '&&'], () => this.not());
  }

  private joined(kind: 'and' | 'or', words: readonly string[], operand: () => Expression): Expression {
    const first = operand();
    const operands = [first];
    while (this.take(...words) !== undefined) operands.push(operand());
    return operands.length === 1 ? first : { kind, operands, at: first.at };
  }

  private not(): Expression {
    const sign = this.take('not', '!');
    if (sign === undefined) return this.comparison();
    if (++this.level > MOST_LEVELS) throw new ExpressionError(`more than ${MOST_LEVELS} levels`, sign.at);
    const start = this.at();
    const operand = this.not();
    this.level--;
    const isLoose = operand.kind === 'comparison' && operand.at === start;
    return { kind: 'not', operand, ...(isLoose && { isLoose }), at: sign.at };
  }

  private comparison(): Expression {
    const left = this.sum();
    const sign = this.take(...COMPARISONS, ...WORDS.keys());
    if (sign === undefined) return left;
    const word = sign.text.toLowerCase();
    const operator = WORDS.get(word);
    const parts = { kind: 'comparison', left, right: this.sum(), at: left.at } as const;
    return operator === undefined
      ? { ...parts, operator: word as Comparison }
      : { ...parts, operator, word: sign.text };
  }

  private sum(): Expression {
    return this.calculated(['+', '-'], () => this.calculated(['*', '/', '%'], () => this.negative()));
  }

  private calculated(signs: readonly Arithmetic[], operand: () => Expression): Expression {
    let left = operand();
    for (let sign = this.take(...signs); sign !== undefined; sign = this.take(...signs)) {
      left = { kind: 'arithmetic', operator: sign.text as Arithmetic, left, right: operand(), at: left.at };
    }
    return left;
  }

  private negative(): Expression {
    const sign = this.take('-');
    if (sign === undefined) return this.withProperties();
    const zero = { kind: 'constant', value: 0, at: sign.at } as const;
    return { kind: 'arithmetic', operator: '-', left: zero, right: this.withProperties(), at: sign.at };
  }

  private withProperties(): Expression {
    let expression = this.operand();
    for (;;) {
      const token = this.tokens[this.next];
      if (token?.text === '[') {
        this.next++;
        const key = this.conditional();
        this.expect(']');
        expression = ofBrackets(expression, key);
      } else if (token?.text.startsWith('.')) {
        this.next++;
        const name = token.text.slice(1);
        const { at } = token;
        expression =
          this.take('(') === undefined
            ? { kind: 'property', of: expression, key: { kind: 'constant', value: name, at }, at: expression.at }
            : { kind: 'call', name, of: expression, args: this.list(')'), at };
      } else return expression;
    }
  }

  private operand(): Expression {
    const at = this.at();
    if (this.take('(') !== undefined) {
      const expression = this.conditional();
      this.expect(')');
      return expression;
    }
    if (this.take('{') !== undefined) return { kind: 'list', items: this.list('}'), at };
    const token = this.tokens[this.next];
    if (token === undefined || !/^["'\w$]/.test(token.text) || isWord(token.text)) throw this.unexpected();
    this.next++;
    const { text } = token;
    if (/^["']/.test(text)) return { kind: 'constant', value: textOf(text), at };
    if (/^\d/.test(text)) return { kind: 'constant', value: Number(text), at };
    const value = CONSTANTS.get(text.toLowerCase());
    if (value !== undefined) return { kind: 'constant', value, at };
    if (this.take('(') !== undefined) return this.call(text, at);
    const attribute = /^user\.([\w$]+)$/.exec(text)?.[1];
    return attribute === undefined ? { kind: 'name', name: text, at } : { kind: 'attribute', name: attribute, at };
  }

  /** A call; `user.department.contains("x")` is one of a method of the attribute. */
  private call(text: string, at: number): Expression {
    const args = this.list(')');
    const method = /^user\.([\w$]+)\.([\w$]+)$/.exec(text);
    if (method === null) return { kind: 'call', name: text, args, at };
    const [, attribute, name] = method;
    return { kind: 'call', name: name as string, of: { kind: 'attribute', name: attribute as string, at }, args, at };
  }

  private list(end: string): readonly Expression[] {
    const items: Expression[] = [];
    if (this.take(end) !== undefined) return items;
    do items.push(this.conditional());
    while (this.take(',') !== undefined);
    this.expect(end);
    return items;
  }

  private at(): number {
    return this.tokens[this.next]?.at ?? this.end;
  }

  /** Takes the next token if it is one of these, ignoring case: Okta accepts both AND and and. */
  private take(...wanted: readonly string[]): Token | undefined {
    const token = this.tokens[this.next];
    if (token === undefined || !wanted.includes(token.text.toLowerCase())) return undefined;
    this.next++;
    return token;
  }

  private expect(wanted: string): void {
    if (this.take(wanted) !== undefined) return;
    if (this.tokens[this.next]?.text === '=') throw this.unexpected();
    throw new ExpressionError(`expected ${wanted}, found ${this.tokens[this.next]?.text ?? 'the end'}`, this.at());
  }

  private unexpected(): ExpressionError {
    const token = this.tokens[this.next];
    if (token === undefined) {
      return new ExpressionError(`the expression ends after ${this.tokens.at(-1)?.text}`, this.end);
    }
    const { text, at } = token;
    if (text === '=') return new ExpressionError('= assigns a value, == compares', at);
    const isShort = this.tokens[this.next - 1]?.text === '?' && /^[:.]/.test(text);
    return new ExpressionError(`unexpected ${text}`, at, isShort || SPRING_ONLY.has(text.toLowerCase()));
  }
}

/** Whether a token is an operator in letters, which is never a value. */
function isWord(text: string): boolean {
  const word = text.toLowerCase();
  return ['and', 'or', 'not'].includes(word) || WORDS.has(word);
}

/** The text of a constant. Okta's language doubles a quote to write it; most people escape it. */
function textOf(token: string): string {
  const quote = token.slice(0, 1);
  return token
    .slice(1, -1)
    .replaceAll(quote + quote, quote)
    .replace(/\\(["'\\])/g, '$1');
}

/** `user["department"]` is `user.department`. */
function ofBrackets(of: Expression, key: Expression): Expression {
  if (of.kind === 'name' && of.name === 'user' && key.kind === 'constant' && typeof key.value === 'string') {
    return { kind: 'attribute', name: key.value, at: of.at };
  }
  return { kind: 'property', of, key, at: of.at };
}
