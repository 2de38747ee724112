import { type Expression, ExpressionError, expressionKey, parseExpression } from './expression';
import { EVERYONE } from './special-groups';

/**
 * Whether a group rule is true for every user, as far as logic alone tells: constants, `x == x`, `true OR …`,
 * `x == "a" OR x != "a"`, membership in the group Everyone. False for a rule that is not true for everyone, or cannot be
 * decided.
 */
export function isTrueForEveryone(rule: string): boolean {
  try {
    const atoms = new Map<string, Atom>();
    const isTrue = truthOf(parseExpression(rule), atoms);
    return atoms.size <= MOST_ATOMS && possibleAnswers([...atoms.values()]).every(isTrue);
  } catch (error) {
    // Okta refuses it, or knows more of the language than the parser.
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}

/** Each further one doubles the cases. */
const MOST_ATOMS = 10;

/** A statement about a user that can be true or false: that a value equals another one, or anything else. */
interface Atom {
  readonly key: string;
  /** The value of the statement, and the constant that it equals, if it says so. */
  readonly equality?: { readonly of: string; readonly to: string };
}

/** The keys of the atoms that are true for a user. */
type Answers = ReadonlySet<string>;

/** Every combination of answers that a user can give: one value does not equal two constants. */
function possibleAnswers(atoms: readonly Atom[]): readonly Answers[] {
  return Array.from({ length: 2 ** atoms.length }, (_, bits) => atoms.filter((_atom, at) => bits & (1 << at)))
    .filter((chosen) => {
      const values = chosen.flatMap(({ equality }) => equality?.of ?? []);
      return new Set(values).size === values.length;
    })
    .map((chosen) => new Set(chosen.map(({ key }) => key)));
}

type Truth = (answers: Answers) => boolean;

/** When an expression is true; adds the statements that it depends on to `atoms`. */
function truthOf(expression: Expression, atoms: Map<string, Atom>): Truth {
  switch (expression.kind) {
    case 'constant':
      return () => expression.value === true;
    case 'not': {
      const operand = truthOf(expression.operand, atoms);
      return (answers) => !operand(answers);
    }
    case 'and': {
      const operands = expression.operands.map((operand) => truthOf(operand, atoms));
      return (answers) => operands.every((operand) => operand(answers));
    }
    case 'or': {
      const operands = expression.operands.map((operand) => truthOf(operand, atoms));
      return (answers) => operands.some((operand) => operand(answers));
    }
    case 'conditional': {
      const condition = truthOf(expression.condition, atoms);
      const [yes, no] = [truthOf(expression.yes, atoms), truthOf(expression.no, atoms)];
      return (answers) => (condition(answers) ? yes : no)(answers);
    }
    case 'comparison':
      return comparisonTruth(expression, atoms);
    case 'attribute':
    case 'name':
    case 'property':
    case 'call': {
      if (isKnownTrue(expression)) return () => true;
      return equalityTruth(expression, { kind: 'constant', value: true, at: expression.at }, atoms);
    }
    case 'arithmetic':
    case 'list':
      return () => false;
  }
}

function comparisonTruth(
  { operator, left, right }: Extract<Expression, { kind: 'comparison' }>,
  atoms: Map<string, Atom>,
): Truth {
  if (operator === '==') return equalityTruth(left, right, atoms);
  if (operator === '!=') {
    const equal = equalityTruth(left, right, atoms);
    return (answers) => !equal(answers);
  }
  if (left.kind === 'constant' && right.kind === 'constant') {
    const holds = ordered(left.value, operator, right.value);
    return () => holds;
  }
  // Longer than nothing, or at least 0 or 1 characters.
  const least = right.kind === 'constant' && typeof right.value === 'number' ? right.value : undefined;
  if (least !== undefined && isLengthOfRequired(left) && ordered(1, operator, least) && operator.startsWith('>')) {
    return () => true;
  }
  const atom = { key: JSON.stringify([operator, expressionKey(left), expressionKey(right)]) };
  atoms.set(atom.key, atom);
  return (answers) => answers.has(atom.key);
}

function ordered(left: unknown, operator: '<' | '<=' | '>' | '>=', right: unknown): boolean {
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  return operator.startsWith('<')
    ? left < right || (operator === '<=' && left === right)
    : ordered(right, operator === '>' ? '<' : '<=', left);
}

function equalityTruth(left: Expression, right: Expression, atoms: Map<string, Atom>): Truth {
  const [a, b] = [expressionKey(left), expressionKey(right)];
  if (a === b && isRepeatable(left)) return () => true;
  const [value, constant] = left.kind === 'constant' ? [right, left] : [left, right];
  if (constant.kind === 'constant') {
    if (value.kind === 'constant') return () => value.value === constant.value;
    if (isRequired(value) && (constant.value === null || constant.value === '')) return () => false;
  }
  const equality = constant.kind === 'constant' ? { of: expressionKey(value), to: expressionKey(constant) } : undefined;
  const atom = { key: JSON.stringify([a, b].sort()), equality };
  atoms.set(atom.key, atom);
  return (answers) => answers.has(atom.key);
}

/** Whether an expression has the same value each time: the functions of time do not. */
function isRepeatable(expression: Expression): boolean {
  switch (expression.kind) {
    case 'constant':
    case 'attribute':
      return true;
    case 'list':
      return expression.items.every(isRepeatable);
    case 'call':
      return (
        expression.of === undefined &&
        /^(String|Arrays|Convert)\.|^isMemberOf/.test(expression.name) &&
        expression.args.every(isRepeatable)
      );
    default:
      return false;
  }
}

/** Whether an expression is the length of an attribute that every user has. */
function isLengthOfRequired(expression: Expression): boolean {
  return (
    expression.kind === 'call' &&
    expression.name === 'String.len' &&
    expression.args.length === 1 &&
    expression.args.every(isRequired)
  );
}

/** Whether every user has a value for an attribute. @see https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/ */
function isRequired(expression: Expression): boolean {
  return expression.kind === 'attribute' && ['login', 'email'].includes(expression.name);
}

/** Calls that are true for every user, by the text in their last argument. */
const TRUE_CALLS: Readonly<Record<string, (text: string) => boolean>> = {
  isMemberOfGroupName: (name) => name === EVERYONE,
  isMemberOfGroupNameStartsWith: (start) => EVERYONE.startsWith(start),
  isMemberOfGroupNameContains: (part) => EVERYONE.includes(part),
  isMemberOfGroupNameRegex: (pattern) => ['.*', '.+', EVERYONE].includes(pattern.replace(/^\^/, '').replace(/\$$/, '')),
};

function isKnownTrue(expression: Expression): boolean {
  if (expression.kind !== 'call') return false;
  const { name, args } = expression;
  const text = args.at(-1);
  if (text?.kind !== 'constant' || typeof text.value !== 'string') return false;
  const [first] = args;
  if (/^String\.(stringContains|startsWith)$/.test(name)) {
    // By default, a login is an email address too.
    const isInEach = text.value === '' || (text.value === '@' && name === 'String.stringContains');
    return isInEach && first !== undefined && isRequired(first);
  }
  return Object.hasOwn(TRUE_CALLS, name) && TRUE_CALLS[name]?.(text.value) === true;
}
