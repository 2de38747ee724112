import { AccessError } from '../../constraints/access-error';
import {
  type Arithmetic,
  type Comparison,
  type Expression,
  ExpressionError,
  lineAndColumn,
  parseExpression,
} from '../../constraints/okta/expression';
import { callFunction, isEvaluated, type Subject, TooManyGroupsOfFunctionError } from './expression-functions';
import type { Group, User } from './objects';

/** Whether a rule applies to a person. `groups` are the person's groups so far. */
export type GroupCondition = (user: User, groups: readonly Group[]) => boolean;

/** The value of an expression for a person. */
export type ExpressionValue = (subject: Subject) => unknown;

/**
 * Parses the expression of a group rule; fails if Okta refuses it, or if the local Okta does not evaluate a part of it.
 * @see https://developer.okta.com/docs/reference/okta-expression-language/
 */
export function parseGroupCondition(expression: string): GroupCondition {
  return supported(expression, 'group rule', conditionOf);
}

/** The condition of a parsed expression. A rule that fails for a user does not apply. */
export function conditionOf(expression: Expression): GroupCondition {
  const value = evaluation(expression);
  return (user, groups) => {
    try {
      return value({ user, groups }) === true;
    } catch (error) {
      if (error instanceof TooManyGroupsOfFunctionError) return false;
      throw error;
    }
  };
}

/** Parses the expression of a claim; fails like that of a group rule. */
export function parseClaimValue(expression: string): ExpressionValue {
  return supported(expression, 'claim', evaluation);
}

function supported<Value>(expression: string, what: string, make: (parsed: Expression) => Value): Value {
  try {
    return make(parseExpression(expression));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new AccessError(
      `The local Okta does not support the ${what} ${expression}: ${error.reason} (${lineAndColumn(expression, error.at)}).`,
    );
  }
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

const ARITHMETIC: Readonly<Record<Arithmetic, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

/** The result of a sign between two values: `+` joins if one is a text. */
function calculated(operator: Arithmetic, left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return ARITHMETIC[operator](left, right);
  const isText = typeof left === 'string' || typeof right === 'string';
  return operator === '+' && isText ? `${String(left)}${String(right)}` : null;
}

function evaluation(expression: Expression): ExpressionValue {
  switch (expression.kind) {
    case 'constant':
      return () => expression.value;
    case 'attribute':
      // In Okta, an empty attribute is null.
      return ({ user: { profile } }) =>
        (Object.hasOwn(profile, expression.name) ? profile[expression.name] : null) ?? null;
    case 'name':
      return namedValue(expression.name);
    case 'property':
      return () => null;
    case 'list': {
      const items = expression.items.map(evaluation);
      return (subject) => items.map((item) => item(subject));
    }
    case 'call': {
      const { name, of } = expression;
      const args = expression.args.map(evaluation);
      if (of !== undefined || !isEvaluated(name)) {
        throw new ExpressionError(`it does not evaluate ${of === undefined ? name : `.${name}`}`, expression.at);
      }
      return (subject) =>
        callFunction(
          name,
          args.map((argument) => argument(subject)),
          subject,
        );
    }
    case 'comparison': {
      const compare = COMPARISONS[expression.operator];
      const [left, right] = [evaluation(expression.left), evaluation(expression.right)];
      return (subject) => compare(left(subject), right(subject));
    }
    case 'arithmetic': {
      const [left, right] = [evaluation(expression.left), evaluation(expression.right)];
      return (subject) => calculated(expression.operator, left(subject), right(subject));
    }
    case 'not': {
      const operand = evaluation(expression.operand);
      return (subject) => operand(subject) !== true;
    }
    case 'and': {
      const operands = expression.operands.map(evaluation);
      return (subject) => operands.every((part) => part(subject) === true);
    }
    case 'or': {
      const operands = expression.operands.map(evaluation);
      return (subject) => operands.some((part) => part(subject) === true);
    }
    case 'conditional': {
      const [condition, yes, no] = [expression.condition, expression.yes, expression.no].map(evaluation) as [
        ExpressionValue,
        ExpressionValue,
        ExpressionValue,
      ];
      return (subject) => (condition(subject) === true ? yes : no)(subject);
    }
  }
}

/** The value of a name that is not an attribute of the user: that of the app has the login as its user name. Whole objects are not null. */
function namedValue(name: string): ExpressionValue {
  if (/^(user|appuser|app|org|session)$/.test(name)) return () => name;
  const attribute = /^(?:user\.profile|appuser)\.([\w$]+)$/.exec(name)?.[1];
  if (attribute === undefined) return () => null;
  return ({ user: { login, profile } }) =>
    attribute === 'userName' ? login : ((Object.hasOwn(profile, attribute) ? profile[attribute] : null) ?? null);
}
