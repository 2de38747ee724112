import { type Finding, plain, shown } from '../finding';
import { nearestName } from '../nearest-name';
import { type Expression, ExpressionError, lineAndColumn, parseExpression, partsOf } from './expression';
import {
  expressionFunction,
  FUNCTION_NAMES,
  isOfGroupRules,
  isOfIdentityEngine,
  type ValueType,
} from './expression-functions';
import { USER_ATTRIBUTES } from './user-attributes';

/** Where an expression stands: in a group rule, or in a claim of a token. */
export type ExpressionPlace = 'group rule' | 'claim';

/** A finding about a part of an expression. */
export interface ExpressionFinding {
  /** `error`: Okta refuses the expression, or it never does what it says. `warning`: no page of Okta settles it. */
  readonly severity: 'error' | 'warning';
  readonly finding: Finding;
}

/**
 * Finds what Okta refuses in an expression, and what no page of Okta documents for its place.
 * @see https://developer.okta.com/docs/reference/okta-expression-language/
 */
export function expressionFindings(text: string, place: ExpressionPlace): readonly ExpressionFinding[] {
  try {
    const expression = parseExpression(text);
    const found = [...nodesOf(expression)].flatMap((node) => judged(node, place) ?? []);
    return [...found, ...(place === 'group rule' ? conditionsIn(expression) : [])].map(
      ({ severity, at, message, ...rest }) => ({
        severity,
        finding: { message: `${message} (${lineAndColumn(text, at)}).`, given: shown(text), ...rest },
      }),
    );
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [{ severity: error.isDoubtful ? 'warning' : 'error', finding: syntaxFinding(text, place, error) }];
  }
}

/** The errors of findings, for constructs, which have no warnings. */
export function errorsOf(findings: readonly ExpressionFinding[]): readonly Finding[] {
  return findings.flatMap(({ severity, finding }) => (severity === 'error' ? [finding] : []));
}

const ALLOWED = 'an expression of the Okta Expression Language, such as user.department == "Platform"';
const ALLOWED_IN_CLAIM = 'an expression of the Okta Expression Language, such as user.department';

function syntaxFinding(text: string, place: ExpressionPlace, { reason, at, isDoubtful }: ExpressionError): Finding {
  const where = lineAndColumn(text, at);
  return {
    message: isDoubtful
      ? `No page of Okta documents this for a ${place}: ${plain(reason)} (${where}). The proof leaves it out.`
      : `Okta cannot read this ${place}: ${plain(reason)} (${where}).`,
    given: shown(text),
    allowed: place === 'claim' ? ALLOWED_IN_CLAIM : ALLOWED,
    fix: reason.startsWith('= ')
      ? 'Write == to compare.'
      : isDoubtful
        ? 'Write it with the documented operators and functions.'
        : `Correct the expression at ${where}.`,
  };
}

interface Judged {
  readonly severity: 'error' | 'warning';
  readonly at: number;
  /** Without the period. */
  readonly message: string;
  readonly allowed: string;
  readonly fix: string;
}

/** An expression and all its parts. */
function* nodesOf(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* nodesOf(part);
}

function judged(expression: Expression, place: ExpressionPlace): readonly Judged[] | undefined {
  switch (expression.kind) {
    case 'name':
      return place === 'group rule' ? nameInRule(expression) : nameInClaim(expression);
    case 'attribute':
      return attributeFinding(expression);
    case 'call':
      return callFindings(expression, place);
    case 'comparison':
      return comparisonFindings(expression);
    case 'not':
      return notFindings(expression);
    default:
      return undefined;
  }
}

const OF_USER = 'attributes of users, such as user.department, and functions of groups, such as isMemberOfGroupName';

function nameInRule({ name, at }: Extract<Expression, { kind: 'name' }>): readonly Judged[] {
  const [root = '', ...rest] = name.split('.');
  if (root === 'user') return userNameFindings(name, at);
  const attribute = rest.at(-1) ?? name;
  const isProfile = root === 'profile' || rest.length === 0;
  return [
    {
      severity: 'error',
      at,
      message: isProfile
        ? `A group rule does not know ${plain(name)}: attributes begin with user`
        : `A group rule does not read ${plain(name)}, only attributes of the user`,
      allowed: OF_USER,
      fix: isProfile
        ? `Write user.${plain(attribute)}, or put a text in quotes.`
        : `Compare an attribute of the user, such as user.${plain(attribute)}, to which you map it.`,
    },
  ];
}

/** Names in claims: of the app, its user, the organization, and the session. Others can be apps by name. */
function nameInClaim({ name, at }: Extract<Expression, { kind: 'name' }>): readonly Judged[] {
  const [root = '', ...rest] = name.split('.');
  if (root === 'user') return userNameFindings(name, at);
  if (/^(appuser|app|org|session|access|api)$/.test(root)) return [];
  const isProfile = root === 'profile' || rest.length === 0;
  const attribute = plain(rest.at(-1) ?? name);
  return [
    {
      severity: isProfile ? 'error' : 'warning',
      at,
      message: isProfile
        ? `A claim does not know ${plain(name)}: attributes begin with user`
        : `${plain(root)} is not user, appuser, app, org, or session, and a claim knows apps only by these names`,
      allowed: 'attributes such as user.department or appuser.email',
      fix: `Write user.${attribute}, or put a text in quotes.`,
    },
  ];
}

function userNameFindings(name: string, at: number): readonly Judged[] {
  const attribute = /^user\.profile\.([\w$]+)$/.exec(name)?.[1];
  if (attribute !== undefined) {
    return [
      {
        severity: 'warning',
        at,
        message: `${plain(name)} is of the language of Identity Engine policies, which is another one`,
        allowed: OF_USER,
        fix: `Write user.${plain(attribute)}.`,
      },
    ];
  }
  return [
    {
      severity: 'error',
      at,
      message: `${plain(name)} is not an attribute: attributes have one name after user`,
      allowed: OF_USER,
      fix: 'Name an attribute, such as user.department.',
    },
  ];
}

function attributeFinding({ name, at }: Extract<Expression, { kind: 'attribute' }>): readonly Judged[] {
  const known = USER_ATTRIBUTES.find((attribute) => attribute.toLowerCase() === name.toLowerCase());
  if (known === undefined || known === name) return [];
  return [
    {
      severity: 'warning',
      at,
      message: `Okta's own attribute is user.${known}, and it compares names with case`,
      allowed: `user.${known}, or a custom attribute`,
      fix: `Write user.${known}, unless your organization has an attribute user.${plain(name)}.`,
    },
  ];
}

function callFindings(call: Extract<Expression, { kind: 'call' }>, place: ExpressionPlace): readonly Judged[] {
  const { name, args, of, at } = call;
  const written = of === undefined ? name : `.${name}`;
  const doubt = (message: string, fix: string): Judged => ({
    severity: 'warning',
    at,
    message,
    allowed: 'functions that Okta documents for it: String.*, Arrays.*, isMemberOf…',
    fix,
  });
  if (of !== undefined || isOfIdentityEngine(name)) {
    return [
      doubt(
        `Okta documents ${plain(written)}(…) for policies of Identity Engine, not for a ${place}; the proof leaves it out`,
        'Use a function of String.*, Arrays.*, or isMemberOf….',
      ),
    ];
  }
  const known = expressionFunction(name);
  if (known === undefined) return [unknownFunction(name, at)];
  const [least, most] = known.args;
  return [
    ...(place === 'group rule' && !isOfGroupRules(name)
      ? [
          doubt(
            `No page of Okta says that a group rule takes ${name}`,
            `Try the rule in Okta first, or write it without ${name}.`,
          ),
        ]
      : []),
    ...(args.length < least || args.length > most
      ? [
          {
            ...doubt(
              `${name} has ${counted(args.length)}, and Okta documents ${most === Number.POSITIVE_INFINITY ? `at least ${least}` : least === most ? least : `${least} to ${most}`}`,
              `Give ${name} the arguments that Okta documents.`,
            ),
            allowed: 'the documented number of arguments',
          },
        ]
      : []),
    ...groupFindings(name, args),
  ];
}

function counted(number: number): string {
  return number === 1 ? '1 argument' : `${number} arguments`;
}

function unknownFunction(name: string, at: number): Judged {
  const nearest =
    FUNCTION_NAMES.find((known) => known.toLowerCase() === name.toLowerCase()) ??
    FUNCTION_NAMES.find((known) => known.split('.')[1]?.toLowerCase() === name.toLowerCase()) ??
    SYNONYMS[name.toLowerCase()] ??
    nearestName(name, FUNCTION_NAMES);
  return {
    severity: 'error',
    at,
    message: `Okta has no function ${plain(name)}${nearest === undefined ? '' : `. Did you mean ${nearest}?`}`,
    allowed: 'functions that Okta documents, such as String.startsWith, Arrays.contains, or isMemberOfGroupName',
    fix: nearest === undefined ? 'Use a function that Okta documents.' : `Write ${nearest}.`,
  };
}

/** Functions of other languages. */
const SYNONYMS: Readonly<Record<string, string>> = {
  'string.contains': 'String.stringContains',
  'string.length': 'String.len',
  'string.concat': 'String.append',
  'string.split': 'Arrays.contains',
  'arrays.length': 'Arrays.size',
  ismemberof: 'isMemberOfGroupName',
};

/** A group by name where Okta expects its ID; and an expression for names that cannot be read. */
function groupFindings(name: string, args: readonly Expression[]): readonly Judged[] {
  if (name === 'isMemberOfGroup' || name === 'isMemberOfAnyGroup') {
    return args.flatMap((arg) =>
      arg.kind === 'constant' && typeof arg.value === 'string' && !/^[\w-]{15,}$/.test(arg.value)
        ? [
            {
              severity: 'warning',
              at: arg.at,
              message: `${name} takes IDs of groups, and ${shown(arg.value)} looks like a name`,
              allowed: 'the ID of a group, such as 00g1emaKYZTWRYYRRTSK',
              fix: 'Use isMemberOfGroupName, or the ID of the group.',
            },
          ]
        : [],
    );
  }
  return [];
}

function comparisonFindings({ word, at, left, right }: Extract<Expression, { kind: 'comparison' }>): readonly Judged[] {
  const types = [typeOf(left), typeOf(right)];
  return [
    ...(word === undefined
      ? []
      : [
          {
            severity: 'warning' as const,
            at,
            message: `No page of Okta has the operator ${word}`,
            allowed: '==, !=, <, <=, >, and >=',
            fix: 'Write the operator as a sign.',
          },
        ]),
    ...(types.every((type) => type !== 'any') && types[0] !== types[1] && !isNull(left) && !isNull(right)
      ? [
          {
            severity: 'warning' as const,
            at,
            message: `This compares a ${types[0]} with a ${types[1]}, which are never equal`,
            allowed: 'two values of one type',
            fix: 'Compare values of one type, such as String.len(user.title) == 3.',
          },
        ]
      : []),
  ];
}

function isNull(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.value === null;
}

/** In Spring's language, which Okta's is a part of, `!` belongs to the value, not to the comparison. */
function notFindings({ isLoose, at }: Extract<Expression, { kind: 'not' }>): readonly Judged[] {
  if (!isLoose) return [];
  return [
    {
      severity: 'warning',
      at,
      message: 'Okta may read ! as part of the value before the comparison',
      allowed: '!(…) around a comparison, or !=',
      fix: 'Put the comparison in parentheses, or compare with !=.',
    },
  ];
}

/** The type of the value of an expression. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'constant': {
      const { value } = expression;
      if (value === null) return 'any';
      return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
    }
    case 'list':
      return 'list';
    case 'call':
      return expression.of === undefined ? (expressionFunction(expression.name)?.returns ?? 'any') : 'any';
    case 'comparison':
    case 'not':
    case 'and':
    case 'or':
      return 'boolean';
    case 'conditional': {
      const [yes, no] = [typeOf(expression.yes), typeOf(expression.no)];
      return yes === no ? yes : 'any';
    }
    default:
      return 'any';
  }
}

/** What stands where a condition should: the whole rule, and the operands of and, or, not, and `?`. */
function conditionsIn(rule: Expression): readonly Judged[] {
  const operands = [...nodesOf(rule)].flatMap((node) =>
    node.kind === 'and' || node.kind === 'or'
      ? node.operands
      : node.kind === 'not'
        ? [node.operand]
        : node.kind === 'conditional'
          ? [node.condition]
          : [],
  );
  return [rule, ...operands].flatMap((operand) => {
    const type = typeOf(operand);
    if (type === 'boolean' || type === 'any') return [];
    return [
      {
        severity: 'error',
        at: operand.at,
        message: `A group rule needs a condition here, which is true or false, and this is a ${type}`,
        allowed: 'a comparison, a function that returns true or false, or an attribute of type boolean',
        fix: 'Compare it with a value, such as user.department == "Platform".',
      },
    ];
  });
}
