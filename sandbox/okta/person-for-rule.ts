import { type Expression, partsOf } from '../../constraints/okta/expression';
import { addressFinding, loginFinding } from '../../constraints/okta/login';
import { conditionOf, type GroupCondition } from './evaluate-expression';
import type { Group, User } from './objects';

/** What a rule looks at: attributes of the profile, and the groups of the person. */
export interface Traits {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly groups: readonly Group[];
}

/** Attributes that are logins or e-mail addresses. */
const ADDRESSES = ['login', 'email'];
/** Keeps the search short. No rule that a person writes needs as many. */
const MOST_TRIES = 20_000;
/** Pairs of texts grow with the square of their number. */
const MOST_PAIRED = 12;
const LONGEST = 1000;

/**
 * Traits of a person for whom an expression has the wanted result; undefined if the search finds none. It tries the
 * values that are in the expression, and values close to them.
 * @param start the traits that everybody has.
 * @param groups the groups that the person can be in.
 */
export function traitsFor(
  expression: Expression,
  wanted: boolean,
  start: Traits,
  groups: readonly Group[],
): Traits | undefined {
  const search = new Search(expression, groups);
  for (const traits of search.solutions(expression, wanted, start)) {
    // A later part can have changed what an earlier one depends on.
    if (holds(search.conditionOf(expression), traits) === wanted) return traits;
  }
  return undefined;
}

class Search {
  private readonly texts: readonly unknown[];
  private readonly addresses: readonly unknown[];
  private readonly conditions = new Map<Expression, GroupCondition>();
  private tries = 0;

  constructor(
    expression: Expression,
    private readonly groups: readonly Group[],
  ) {
    const values = valuesNear(constantsOf(expression));
    this.texts = values;
    this.addresses = addressesNear(values);
  }

  conditionOf(expression: Expression): GroupCondition {
    const condition = this.conditions.get(expression) ?? conditionOf(expression);
    this.conditions.set(expression, condition);
    return condition;
  }

  /** Traits that extend `traits`, with the wanted result if no later part changes them. */
  *solutions(expression: Expression, wanted: boolean, traits: Traits): Generator<Traits> {
    switch (expression.kind) {
      case 'not':
        yield* this.solutions(expression.operand, !wanted, traits);
        return;
      case 'and':
      case 'or':
        if ((expression.kind === 'and') === wanted) yield* this.allOf(expression.operands, wanted, traits);
        else for (const operand of expression.operands) yield* this.solutions(operand, wanted, traits);
        return;
      default:
        yield* this.leaf(expression, wanted, traits);
    }
  }

  private *allOf(operands: readonly Expression[], wanted: boolean, traits: Traits): Generator<Traits> {
    const [first, ...others] = operands;
    if (first === undefined) yield traits;
    else for (const next of this.solutions(first, wanted, traits)) yield* this.allOf(others, wanted, next);
  }

  /** Without any change, with other attributes, or with one more group. */
  private *leaf(expression: Expression, wanted: boolean, traits: Traits): Generator<Traits> {
    const condition = this.conditionOf(expression);
    const free = attributesOf(expression).filter((name) => !Object.hasOwn(traits.profile, name));
    const joined = (looksAtGroups(expression) ? this.groups : [])
      .filter((group) => !traits.groups.includes(group))
      .map((group) => ({ ...traits, groups: [...traits.groups, group] }));
    for (const candidate of [traits, ...joined]) {
      if (this.isOver()) return;
      if (holds(condition, candidate) === wanted) yield candidate;
    }
    for (const candidate of this.withAttributes(free, traits)) {
      if (this.isOver()) return;
      if (holds(condition, candidate) === wanted) yield candidate;
    }
  }

  private *withAttributes(names: readonly string[], traits: Traits): Generator<Traits> {
    const [name, ...others] = names;
    if (name === undefined) return;
    for (const value of ADDRESSES.includes(name) ? this.addresses : this.texts) {
      const next = { ...traits, profile: { ...traits.profile, [name]: value } };
      if (others.length === 0) yield next;
      else yield* this.withAttributes(others, next);
    }
  }

  private isOver(): boolean {
    return ++this.tries > MOST_TRIES;
  }
}

function holds(condition: GroupCondition, { profile, groups }: Traits): boolean {
  return condition({ profile } as User, groups);
}

function looksAtGroups(expression: Expression): boolean {
  return (
    (expression.kind === 'call' && expression.name.startsWith('isMemberOf')) || partsOf(expression).some(looksAtGroups)
  );
}

function attributesOf(expression: Expression): readonly string[] {
  if (expression.kind === 'attribute') return [expression.name];
  return [...new Set(partsOf(expression).flatMap(attributesOf))];
}

function constantsOf(expression: Expression): readonly unknown[] {
  if (expression.kind === 'constant') return [expression.value];
  return [...new Set(partsOf(expression).flatMap(constantsOf))];
}

/** The constants of an expression, and values that contain them, or are a little more or less. */
function valuesNear(constants: readonly unknown[]): readonly unknown[] {
  const texts = constants.filter((value) => typeof value === 'string');
  const numbers = constants
    .filter((value) => typeof value === 'number')
    .flatMap((value) => [value, value + 1, value - 1]);
  const lengths = numbers.filter((value) => value >= 0 && value <= LONGEST);
  const paired = texts.slice(0, MOST_PAIRED);
  return [
    ...[...texts, ...numbers, 'demo', true, false, null],
    ...texts.flatMap((text) => [`demo${text}`, `${text}demo`, `demo${text}demo`]),
    ...lengths.map((length) => 'x'.repeat(length)),
    ...[...texts, ...numbers, 'demo'].map((value) => [value]),
    ...lengths.flatMap((length) => [Array(length).fill('demo'), [...texts, ...Array(length).fill('demo')]]),
    ...[[], texts],
    ...paired.flatMap((first) => paired.map((second) => first + second)),
  ];
}

function addressesNear(values: readonly unknown[]): readonly string[] {
  const texts = values.filter((value) => typeof value === 'string');
  const addresses = texts.flatMap((text) => [
    ...[text, `demo${text}`, `demo@${text}`, `demo@demo.${text}`],
    ...[`${text}@demo.example`, `${text}demo@demo.example`],
  ]);
  return [...new Set(addresses)].filter(
    (address) => address.includes('@') && (loginFinding(address) ?? addressFinding(address)) === undefined,
  );
}
