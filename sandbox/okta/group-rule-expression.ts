import { callFunction, isKnownFunction } from './expression-functions';
import type { Group, User } from './objects';

/** Whether a rule puts somebody into its groups, who is in some groups already. */
export type GroupCondition = (user: User, groups: readonly Group[]) => boolean;

/** The value of a part of an expression, for somebody. */
type Part = (user: User, groups: readonly Group[]) => unknown;

/**
 * The condition that an expression of a group rule states; fails with what is not understood of it.
 * @see https://developer.okta.com/docs/reference/okta-expression-language/
 */
export function parseGroupCondition(expression: string): GroupCondition {
  try {
    const part = new Parser(tokensOf(expression)).parse();
    return (user, groups) => part(user, groups) === true;
  } catch (error) {
    throw new Error(`The local Okta does not understand the group rule ${expression}: ${(error as Error).message}.`);
  }
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\d+(?:\.\d+)?|[A-Za-z_][\w.]*|==|!=|>=|<=|&&|\|\||[()<>!,{}])/y;

function tokensOf(expression: string): readonly string[] {
  const tokens: string[] = [];
  const end = expression.trimEnd().length;
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < end; ) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(expression);
    if (match === null) throw new Error(`nothing is known that starts as ${expression.slice(at).trim()}`);
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

/** Anything but two numbers is in no order. */
function numbers(compare: (left: number, right: number) => boolean): (left: unknown, right: unknown) => boolean {
  return (left, right) => typeof left === 'number' && typeof right === 'number' && compare(left, right);
}

const CONSTANTS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** From the loosest to the tightest: or, and, not, comparison. */
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
    if (token === undefined) throw new Error('it ends too early');
    if (/^["']/.test(token)) return constant(token.slice(1, -1).replace(/\\(.)/g, '$1'));
    if (/^\d/.test(token)) return constant(Number(token));
    if (CONSTANTS.has(token)) return constant(CONSTANTS.get(token));
    if (this.take('(') !== undefined) return this.call(token);
    const attribute = /^user\.(\w+)$/.exec(token)?.[1];
    if (attribute === undefined) throw new Error(`${token} is not known`);
    // An attribute that nobody filled in is null in Okta.
    return ({ profile }) => profile[attribute] ?? null;
  }

  private call(name: string): Part {
    if (!isKnownFunction(name)) throw new Error(`the function ${name} is not known`);
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

  /** Words in any case: people write AND as well as and. */
  private take(...wanted: readonly string[]): string | undefined {
    const token = this.tokens[this.next]?.toLowerCase();
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.next++;
    return token;
  }

  private expect(wanted: string): void {
    if (this.take(wanted) === undefined)
      throw new Error(`expected ${wanted}, got ${this.tokens[this.next] ?? 'its end'}`);
  }
}

function constant(value: unknown): Part {
  return () => value;
}
