import { AccessError } from '../../constraints/access-error';
import { callFunction, isKnownFunction } from './expression-functions';
import type { Group, User } from './objects';

/** Whether a rule applies to a person. `groups` are the person's groups so far. */
export type GroupCondition = (user: User, groups: readonly Group[]) => boolean;

/** The value of a part of an expression for a person. */
type Part = (user: User, groups: readonly Group[]) => unknown;

/**
 * Parses the expression of a group rule; fails if the expression is not supported.
 * @see https://developer.okta.com/docs/reference/okta-expression-language/
 */
export function parseGroupCondition(expression: string): GroupCondition {
  try {
    const part = new Parser(tokensOf(expression)).parse();
    return (user, groups) => part(user, groups) === true;
  } catch (error) {
    throw new AccessError(`The local Okta does not support the group rule ${expression}: ${(error as Error).message}.`);
  }
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

const COMPARISONS: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': numbers((left, right) => left < right),
  '<=': numbers((left, right) => left <= right),
  '>': numbers((left, right) => left > right),
  '>=': numbers((left, right) => left >= right),
};

/** A comparison that is true only for two numbers. */
function numbers(compare: (left: number, right: number) => boolean): (left: unknown, right: unknown) => boolean {
  return (left, right) => typeof left === 'number' && typeof right === 'number' && compare(left, right);
}

const CONSTANTS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** A recursive-descent parser. Precedence from low to high: or, and, not, comparison. */
class Parser {
  private next = 0;

  constructor(private readonly tokens: readonly string[]) {}

  parse(): Part {
    const part = this.or();
    if (this.next < this.tokens.length) throw new Error(`unexpected ${this.tokens[this.next]}`);
    return part;
  }

  private or(): Part {
    const parts = [this.and()];
    while (this.take('or', '||') !== undefined) parts.push(this.and());
    return parts.length === 1 ? (parts[0] as Part) : (...about) => parts.some((part) => part(...about) === true);
  }

  private and(): Part {
    const parts = [this.not()];
    while (this.take('and', '&&') !== undefined) parts.push(this.not());
    return parts.length === 1 ? (parts[0] as Part) : (...about) => parts.every((part) => part(...about) === true);
  }

  private not(): Part {
    if (this.take('not', '!') === undefined) return this.comparison();
    const part = this.not();
    return (...about) => part(...about) !== true;
  }

  private comparison(): Part {
    const left = this.operand();
    const sign = this.take(...Object.keys(COMPARISONS));
    if (sign === undefined) return left;
    const compare = COMPARISONS[sign] as (left: unknown, right: unknown) => boolean;
    const right = this.operand();
    return (...about) => compare(left(...about), right(...about));
  }

  private operand(): Part {
    if (this.take('(') !== undefined) {
      const part = this.or();
      this.expect(')');
      return part;
    }
    if (this.take('{') !== undefined) {
      const items = this.list('}');
      return (...about) => items.map((item) => item(...about));
    }
    const token = this.tokens[this.next++];
    if (token === undefined) throw new Error('unexpected end');
    if (/^["']/.test(token)) return constant(token.slice(1, -1).replace(/\\(.)/g, '$1'));
    if (/^\d/.test(token)) return constant(Number(token));
    if (CONSTANTS.has(token)) return constant(CONSTANTS.get(token));
    if (this.take('(') !== undefined) return this.call(token);
    const attribute = /^user\.(\w+)$/.exec(token)?.[1];
    if (attribute === undefined) throw new Error(`unknown name ${token}`);
    // In Okta, an empty attribute is null.
    return ({ profile }) => profile[attribute] ?? null;
  }

  private call(name: string): Part {
    if (!isKnownFunction(name)) throw new Error(`unknown function ${name}`);
    const args = this.list(')');
    return (user, groups) =>
      callFunction(
        name,
        args.map((argument) => argument(user, groups)),
        groups,
      );
  }

  private list(end: string): readonly Part[] {
    const items: Part[] = [];
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

function constant(value: unknown): Part {
  return () => value;
}
