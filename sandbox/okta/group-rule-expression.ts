import { AccessError } from '../../constraints/access-error';
import { type Comparison, type Expression, parseExpression } from '../../constraints/okta/expression';
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
    return conditionOf(parseExpression(expression));
  } catch (error) {
    throw new AccessError(`The local Okta does not support the group rule ${expression}: ${(error as Error).message}.`);
  }
}

/** The condition of a parsed expression; fails for an unknown function. */
export function conditionOf(expression: Expression): GroupCondition {
  const part = partOf(expression);
  return (user, groups) => part(user, groups) === true;
}

const COMPARISONS: Readonly<Record<Comparison, (left: unknown, right: unknown) => boolean>> = {
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

const ANY_GROUP: Group = { id: '', name: '', type: 'OKTA_GROUP' };

function partOf(expression: Expression): Part {
  switch (expression.kind) {
    case 'constant':
      return () => expression.value;
    case 'attribute':
      // In Okta, an empty attribute is null.
      return ({ profile }) => (Object.hasOwn(profile, expression.name) ? profile[expression.name] : undefined) ?? null;
    case 'list': {
      const items = expression.items.map(partOf);
      return (...about) => items.map((item) => item(...about));
    }
    case 'call': {
      const { name } = expression;
      if (!isKnownFunction(name)) throw new Error(`unknown function ${name}`);
      const args = expression.args.map(partOf);
      const constants = expression.args.flatMap((argument) => (argument.kind === 'constant' ? [argument.value] : []));
      // Fails for a pattern that JavaScript does not understand before anyone is asked about.
      if (constants.length === args.length) callFunction(name, constants, [ANY_GROUP]);
      return (user, groups) =>
        callFunction(
          name,
          args.map((argument) => argument(user, groups)),
          groups,
        );
    }
    case 'comparison': {
      const compare = COMPARISONS[expression.operator];
      const [left, right] = [partOf(expression.left), partOf(expression.right)];
      return (...about) => compare(left(...about), right(...about));
    }
    case 'not': {
      const operand = partOf(expression.operand);
      return (...about) => operand(...about) !== true;
    }
    case 'and': {
      const operands = expression.operands.map(partOf);
      return (...about) => operands.every((part) => part(...about) === true);
    }
    case 'or': {
      const operands = expression.operands.map(partOf);
      return (...about) => operands.some((part) => part(...about) === true);
    }
  }
}
