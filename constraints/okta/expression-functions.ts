/** The type of a value, as far as it is known. */
export type ValueType = 'boolean' | 'text' | 'number' | 'list' | 'any';

/** A function of Okta's expression language. */
export interface ExpressionFunction {
  /** How many arguments Okta documents: the fewest and the most. */
  readonly args: readonly [number, number];
  readonly returns: ValueType;
}

const MANY = Number.POSITIVE_INFINITY;

const fn = (least: number, most: number, returns: ValueType): ExpressionFunction => ({ args: [least, most], returns });

/**
 * Functions that Okta documents for every expression, group rules among them.
 * @see https://developer.okta.com/docs/reference/okta-expression-language/#functions
 */
export const GENERAL_FUNCTIONS = {
  'String.append': fn(2, 2, 'text'),
  'String.join': fn(1, MANY, 'text'),
  'String.len': fn(1, 1, 'number'),
  'String.removeSpaces': fn(1, 1, 'text'),
  'String.replace': fn(3, 3, 'text'),
  'String.replaceFirst': fn(3, 3, 'text'),
  'String.startsWith': fn(2, 2, 'boolean'),
  'String.stringContains': fn(2, 2, 'boolean'),
  'String.stringSwitch': fn(2, MANY, 'text'),
  'String.substring': fn(3, 3, 'text'),
  'String.substringAfter': fn(2, 2, 'text'),
  'String.substringBefore': fn(2, 2, 'text'),
  'String.toLowerCase': fn(1, 1, 'text'),
  'String.toUpperCase': fn(1, 1, 'text'),
  'Arrays.add': fn(2, 2, 'list'),
  'Arrays.clear': fn(1, 1, 'list'),
  'Arrays.contains': fn(2, 2, 'boolean'),
  'Arrays.flatten': fn(0, MANY, 'list'),
  'Arrays.get': fn(2, 2, 'any'),
  'Arrays.isEmpty': fn(1, 1, 'boolean'),
  'Arrays.remove': fn(2, 2, 'list'),
  'Arrays.size': fn(1, 1, 'number'),
  'Arrays.toCsvString': fn(1, 1, 'text'),
  isMemberOfGroup: fn(1, 1, 'boolean'),
  isMemberOfAnyGroup: fn(1, MANY, 'boolean'),
  isMemberOfGroupName: fn(1, 1, 'boolean'),
  isMemberOfGroupNameStartsWith: fn(1, 1, 'boolean'),
  isMemberOfGroupNameContains: fn(1, 1, 'boolean'),
  isMemberOfGroupNameRegex: fn(1, 1, 'boolean'),
} as const satisfies Readonly<Record<string, ExpressionFunction>>;

/**
 * Functions that Okta documents for claims and mappings. No page settles whether a group rule takes them; one says that
 * conditions take no Convert and Time.
 * @see https://developer.okta.com/docs/reference/okta-expression-language/#conditional-expressions
 */
export const CLAIM_FUNCTIONS = {
  'Convert.toInt': fn(1, 1, 'number'),
  'Convert.toNum': fn(1, 1, 'number'),
  'Iso3166Convert.toAlpha2': fn(1, 1, 'text'),
  'Iso3166Convert.toAlpha3': fn(1, 1, 'text'),
  'Iso3166Convert.toNumeric': fn(1, 1, 'text'),
  'Iso3166Convert.toName': fn(1, 1, 'text'),
  'Time.now': fn(0, 2, 'text'),
  'Time.fromWindowsToIso8601': fn(1, 1, 'text'),
  'Time.fromUnixToIso8601': fn(1, 1, 'text'),
  'Time.fromStringToIso8601': fn(2, 2, 'text'),
  'Time.fromIso8601ToWindows': fn(1, 1, 'text'),
  'Time.fromIso8601ToUnix': fn(1, 1, 'text'),
  'Time.fromIso8601ToString': fn(2, 2, 'text'),
  'Groups.contains': fn(3, 3, 'list'),
  'Groups.startsWith': fn(3, 3, 'list'),
  'Groups.endsWith': fn(3, 3, 'list'),
  getFilteredGroups: fn(3, 3, 'list'),
  getManagerUser: fn(1, 1, 'any'),
  getManagerAppUser: fn(2, 2, 'any'),
  getAssistantUser: fn(1, 1, 'any'),
  getAssistantAppUser: fn(2, 2, 'any'),
  hasDirectoryUser: fn(0, 0, 'boolean'),
  hasWorkdayUser: fn(0, 0, 'boolean'),
  findDirectoryUser: fn(0, 0, 'any'),
  findWorkdayUser: fn(0, 0, 'any'),
  'user.getInternalProperty': fn(1, 1, 'any'),
  'user.getLinkedObject': fn(1, 1, 'any'),
  // Deprecated.
  toUpperCase: fn(1, 1, 'text'),
  toLowerCase: fn(1, 1, 'text'),
  substringBefore: fn(2, 2, 'text'),
  substringAfter: fn(2, 2, 'text'),
  substring: fn(3, 3, 'text'),
} as const satisfies Readonly<Record<string, ExpressionFunction>>;

/** The name of a function that Okta documents. */
export type FunctionName = keyof typeof GENERAL_FUNCTIONS | keyof typeof CLAIM_FUNCTIONS;

const FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map<string, ExpressionFunction>([
  ...Object.entries(GENERAL_FUNCTIONS),
  ...Object.entries(CLAIM_FUNCTIONS),
]);

/** A function by its exact name; undefined if Okta documents none of this name. */
export function expressionFunction(name: string): ExpressionFunction | undefined {
  return FUNCTIONS.get(name);
}

/** The names of all functions that Okta documents. */
export const FUNCTION_NAMES: readonly string[] = [...FUNCTIONS.keys()];

/** Whether Okta documents a function for group rules. */
export function isOfGroupRules(name: string): boolean {
  return Object.hasOwn(GENERAL_FUNCTIONS, name);
}

/**
 * Functions of another language of Okta, that of Identity Engine policies. No page settles where else they work.
 * @see https://developer.okta.com/docs/reference/okta-expression-language-in-identity-engine/
 */
export function isOfIdentityEngine(name: string): boolean {
  return /^(DateTime\.\w+|user\.(isMemberOf|getGroups))$/.test(name);
}
