import { invalid } from './okta-error';

/** Whether an object, as the API shows it, fits an expression. */
export type Fits = (shown: unknown) => boolean;

export interface FilterProps {
  /** The parameter of the query that has the expression. */
  readonly parameter: 'filter' | 'search';
  /** The attributes that can be compared, with their operators. `*` stands for any rest of a name. */
  readonly attributes: Readonly<Record<string, readonly Operator[]>>;
}

const TESTS = {
  eq: (value: unknown, wanted: unknown) => fold(value) === fold(wanted),
  ne: (value: unknown, wanted: unknown) => fold(value) !== fold(wanted),
  sw: texts((value, wanted) => value.startsWith(wanted)),
  ew: texts((value, wanted) => value.endsWith(wanted)),
  co: texts((value, wanted) => value.includes(wanted)),
  gt: texts((value, wanted) => value > wanted),
  ge: texts((value, wanted) => value >= wanted),
  lt: texts((value, wanted) => value < wanted),
  le: texts((value, wanted) => value <= wanted),
};

export type Operator = keyof typeof TESTS | 'pr';

/** The operators of a `filter` for times. */
export const TIMES: readonly Operator[] = ['eq', 'gt', 'ge', 'lt', 'le'];
export const EQUAL: readonly Operator[] = ['eq'];
export const SEARCHED: readonly Operator[] = ['eq', 'ne', 'sw', 'co', 'gt', 'ge', 'lt', 'le', 'pr'];

/** Okta ignores case in texts. */
function fold(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function texts(test: (value: string, wanted: string) => boolean): (value: unknown, wanted: unknown) => boolean {
  return (value, wanted) => typeof value === 'string' && test(value.toLowerCase(), String(wanted).toLowerCase());
}

/** A text in quotes, a parenthesis, or a word. */
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[()]|[^\s()"]+)/y;

/**
 * Parses a SCIM filter, such as `status eq "ACTIVE" and profile.login sw "ana"`.
 * @throws OktaError for anything that is not understood: a filter that is left out would return every object.
 * @see https://developer.okta.com/docs/api/#filter
 */
export function parseFilter(text: string, props: FilterProps): Fits {
  const parser = new Parser(tokensOf(text, props), props);
  const fits = parser.either();
  parser.end();
  return fits;
}

function tokensOf(text: string, { parameter }: FilterProps): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const start = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw invalid(parameter, `Invalid search criteria at: ${text.slice(start)}`);
    tokens.push(token);
  }
  return tokens;
}

class Parser {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly props: FilterProps,
  ) {}

  either(): Fits {
    const parts = [this.all()];
    while (this.takes('or')) parts.push(this.all());
    return (shown) => parts.some((fits) => fits(shown));
  }

  end(): void {
    if (this.at < this.tokens.length) throw this.error();
  }

  private all(): Fits {
    const parts = [this.one()];
    while (this.takes('and')) parts.push(this.one());
    return (shown) => parts.every((fits) => fits(shown));
  }

  private one(): Fits {
    if (this.takes('not')) {
      const fits = this.one();
      return (shown) => !fits(shown);
    }
    if (this.takes('(')) {
      const fits = this.either();
      if (!this.takes(')')) throw this.error();
      return fits;
    }
    return this.comparison();
  }

  private comparison(): Fits {
    const { parameter, attributes } = this.props;
    const attribute = this.tokens[this.at] ?? '';
    const operators = Object.entries(attributes).find(([name]) => isNamed(attribute, name))?.[1];
    if (operators === undefined) {
      const known = Object.keys(attributes).join(', ');
      throw invalid(parameter, `The attribute ${attribute || '(none)'} is not supported. These are: ${known}`);
    }
    this.at += 1;
    const operator = (this.tokens[this.at] ?? '').toLowerCase() as Operator;
    if (!operators.includes(operator)) {
      const given = this.tokens[this.at] ?? '(none)';
      throw invalid(
        parameter,
        `The operator ${given} is not supported for ${attribute}. These are: ${operators.join(', ')}`,
      );
    }
    this.at += 1;
    if (operator === 'pr') return (shown) => valuesAt(shown, attribute.split('.')).length > 0;
    const wanted = this.value();
    return operator === 'ne'
      ? (shown) => valuesAt(shown, attribute.split('.')).every((value) => TESTS.ne(value, wanted))
      : (shown) => valuesAt(shown, attribute.split('.')).some((value) => TESTS[operator](value, wanted));
  }

  private value(): unknown {
    const token = this.tokens[this.at] ?? '';
    try {
      const value: unknown = JSON.parse(token);
      this.at += 1;
      return value;
    } catch {
      throw this.error();
    }
  }

  private takes(word: string): boolean {
    if (this.tokens[this.at]?.toLowerCase() !== word) return false;
    this.at += 1;
    return true;
  }

  private error(): Error {
    const rest = this.tokens.slice(this.at).join(' ') || '(end)';
    return invalid(this.props.parameter, `Invalid search criteria at: ${rest}`);
  }
}

function isNamed(attribute: string, name: string): boolean {
  return name.endsWith('*') ? attribute.startsWith(name.slice(0, -1)) : attribute === name;
}

/** The values of an attribute that are set. A list has several. */
function valuesAt(shown: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(shown)) return shown.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return shown === undefined || shown === null ? [] : [shown];
  if (typeof shown !== 'object' || shown === null || !Object.hasOwn(shown, name)) return [];
  return valuesAt((shown as Readonly<Record<string, unknown>>)[name], rest);
}
