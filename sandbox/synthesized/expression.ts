/** A Terraform expression, of the kinds that the stacks use. */
export type Expression =
  | { readonly kind: 'reference'; readonly path: readonly (string | number)[] }
  | { readonly kind: 'call'; readonly name: string; readonly argument: Expression };

/** A part of a string in Terraform's JSON syntax: plain text, or an expression in `${}`. */
export type TemplatePart = string | Expression;

const NAME = /[A-Za-z_][\w-]*/y;
const INDEX = /\[(?:(\d+)|"([^"\\]*)")\]/y;

/**
 * Parses a string; fails for unsupported syntax.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  // A doubled sign is an escape for the sign itself.
  const marks = /\$\$\{|%%\{|\$\{|%\{/g;
  let end = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    parts.push(text.slice(end, mark.index));
    end = marks.lastIndex;
    if (mark[0].length === 3) parts.push(mark[0].slice(1));
    else if (mark[0] === '%{') throw new Error('%{} directives are not supported');
    else {
      const reader = new ExpressionReader(text, end);
      parts.push(reader.readToBrace());
      end = reader.position;
      marks.lastIndex = end;
    }
  }
  return [...parts, text.slice(end)].filter((part) => part !== '');
}

class ExpressionReader {
  constructor(
    private readonly text: string,
    public position: number,
  ) {}

  readToBrace(): Expression {
    const expression = this.read();
    this.expect('}');
    return expression;
  }

  private read(): Expression {
    const name = this.name();
    if (this.take('(')) {
      const argument = this.read();
      this.expect(')');
      return { kind: 'call', name, argument };
    }
    const path: (string | number)[] = [name];
    for (;;) {
      const index = this.match(INDEX);
      if (index !== undefined) path.push(index[2] ?? Number(index[1]));
      else if (this.take('.')) path.push(this.name());
      else return { kind: 'reference', path };
    }
  }

  private name(): string {
    const name = this.match(NAME);
    if (name === undefined) throw this.unexpected('a name');
    return name[0];
  }

  private match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.position;
    const match = expression.exec(this.text);
    if (match !== null) this.position = expression.lastIndex;
    return match ?? undefined;
  }

  private take(sign: string): boolean {
    const isThere = this.text.startsWith(sign, this.position);
    if (isThere) this.position += sign.length;
    return isThere;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw this.unexpected(sign);
  }

  private unexpected(expected: string): Error {
    return new Error(`expected ${expected} before ${JSON.stringify(this.text.slice(this.position))}`);
  }
}
