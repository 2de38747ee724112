import type { FunctionName } from '../../constraints/okta/expression-functions';
import type { Group, User } from './objects';

/** Whom an expression is about, with the groups so far. */
export interface Subject {
  readonly user: User;
  readonly groups: readonly Group[];
}

type Call = (args: readonly unknown[], subject: Subject) => unknown;

/** Functions of formats of Java, and of names of countries. */
const NOT_EVALUATED = [
  'Time.fromStringToIso8601',
  'Time.fromIso8601ToString',
  'Iso3166Convert.toAlpha2',
  'Iso3166Convert.toAlpha3',
  'Iso3166Convert.toNumeric',
  'Iso3166Convert.toName',
] as const satisfies readonly FunctionName[];

/** @see https://developer.okta.com/docs/reference/okta-expression-language/#functions */
const FUNCTIONS: Readonly<Record<Exclude<FunctionName, (typeof NOT_EVALUATED)[number]>, Call>> = {
  'String.append': ofTexts((text, suffix) => text + suffix),
  'String.join': ofTexts((separator, ...texts) => texts.join(separator)),
  'String.len': ofTexts((text) => text.length),
  'String.removeSpaces': ofTexts((text) => text.replaceAll(' ', '')),
  'String.replace': ofTexts((text, part, other) => text.split(part).join(other)),
  'String.replaceFirst': ofTexts((text, part, other) => text.replace(part, () => other)),
  'String.startsWith': ofTexts((text, start) => text.startsWith(start)),
  'String.stringContains': ofTexts((text, part) => text.includes(part)),
  'String.stringSwitch': ofTexts((text, byDefault, ...pairs) => {
    const found = pairs.findIndex((key, index) => index % 2 === 0 && text.includes(key));
    return found < 0 ? byDefault : (pairs[found + 1] ?? byDefault);
  }),
  'String.substring': ([text, start, end]) =>
    typeof text === 'string' && typeof start === 'number' && typeof end === 'number' ? text.slice(start, end) : null,
  'String.substringAfter': ofTexts(after),
  'String.substringBefore': ofTexts(before),
  'String.toLowerCase': ofTexts((text) => text.toLowerCase()),
  'String.toUpperCase': ofTexts((text) => text.toUpperCase()),
  'Arrays.add': ([list, item]) => [...listOf(list), item],
  'Arrays.clear': () => [],
  'Arrays.contains': ([list, item]) => listOf(list).includes(item),
  'Arrays.flatten': (items) => items.flat(Number.POSITIVE_INFINITY),
  'Arrays.get': ([list, position]) => listOf(list)[Number(position)] ?? null,
  'Arrays.isEmpty': ([list]) => listOf(list).length === 0,
  'Arrays.remove': ([list, item]) => listOf(list).filter((other) => other !== item),
  'Arrays.size': ([list]) => listOf(list).length,
  'Arrays.toCsvString': ([list]) => listOf(list).join(','),
  isMemberOfGroup: ([id], { groups }) => groups.some((group) => group.id === id),
  isMemberOfAnyGroup: (ids, { groups }) => groups.some((group) => ids.includes(group.id)),
  isMemberOfGroupName: ([name], { groups }) => groups.some((group) => group.name === name),
  isMemberOfGroupNameStartsWith: ([start], { groups }) => groups.some(({ name }) => name.startsWith(String(start))),
  isMemberOfGroupNameContains: ([part], { groups }) => groups.some(({ name }) => name.includes(String(part))),
  isMemberOfGroupNameRegex: ([pattern], { groups }) => {
    const expression = wholeMatch(String(pattern));
    return groups.some(({ name }) => expression?.test(name) === true);
  },
  'Convert.toInt': ([value]) => numberOf(value, Math.round),
  'Convert.toNum': ([value]) => numberOf(value, (number) => number),
  'Time.now': (args) => (args.length === 0 ? new Date().toISOString() : null),
  'Time.fromUnixToIso8601': ([seconds]) => isoOf(Number(seconds) * 1000),
  'Time.fromIso8601ToUnix': ([time]) => numberOf(Date.parse(String(time)) / 1000, String),
  'Time.fromWindowsToIso8601': ([ticks]) => isoOf(Number(ticks) / 10_000 - WINDOWS_EPOCH),
  'Time.fromIso8601ToWindows': ([time]) =>
    numberOf(Date.parse(String(time)), (time) => String((time + WINDOWS_EPOCH) * 10_000)),
  'Groups.contains': ofGroups((name, part) => name.includes(part)),
  'Groups.startsWith': ofGroups((name, start) => name.startsWith(start)),
  'Groups.endsWith': ofGroups((name, end) => name.endsWith(end)),
  getFilteredGroups: ([ids, expression, most], { groups }) => {
    const allowed = listOf(ids);
    if (expression !== 'group.name' && expression !== 'group.id') return null;
    const found = groups.filter(({ id }) => allowed.includes(id));
    return atMost(
      found.map((group) => (expression === 'group.name' ? group.name : group.id)),
      most,
    );
  },
  // The local Okta has no directory, and no relations between users.
  getManagerUser: nothing,
  getManagerAppUser: nothing,
  getAssistantUser: nothing,
  getAssistantAppUser: nothing,
  hasDirectoryUser: () => false,
  hasWorkdayUser: () => false,
  findDirectoryUser: nothing,
  findWorkdayUser: nothing,
  'user.getLinkedObject': nothing,
  'user.getInternalProperty': ([name], { user }) => (name === 'id' ? user.id : name === 'status' ? user.status : null),
  toUpperCase: ofTexts((text) => text.toUpperCase()),
  toLowerCase: ofTexts((text) => text.toLowerCase()),
  substringBefore: ofTexts(before),
  substringAfter: ofTexts(after),
  substring: (args, subject) => FUNCTIONS['String.substring'](args, subject),
};

/** More groups than a function of groups may return. */
export class TooManyGroupsOfFunctionError extends Error {
  override readonly name = 'TooManyGroupsOfFunctionError';

  constructor(
    readonly count: number,
    readonly most: number,
  ) {
    super(`The expression finds ${count} groups of the user, and its limit is ${most}.`);
  }
}

export function isEvaluated(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name);
}

/** Calls a function that the local Okta evaluates. */
export function callFunction(name: string, args: readonly unknown[], subject: Subject): unknown {
  return (FUNCTIONS as Readonly<Record<string, Call>>)[name]?.(args, subject);
}

/** A regular expression that fits the whole of a name; undefined if only Java can read it. */
export function wholeMatch(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

/** Milliseconds from the year 1601 to 1970. */
const WINDOWS_EPOCH = 11_644_473_600_000;

function nothing(): null {
  return null;
}

function before(text: string, mark: string): string {
  return text.includes(mark) ? text.slice(0, text.indexOf(mark)) : '';
}

function after(text: string, mark: string): string {
  return text.includes(mark) ? text.slice(text.indexOf(mark) + mark.length) : '';
}

/** A function of strings. It returns null if an argument is not a string, such as an empty attribute. */
function ofTexts(call: (...texts: string[]) => unknown): Call {
  return (args) => (args.every((arg) => typeof arg === 'string') ? call(...(args as string[])) : null);
}

/** A list; an empty attribute has no items. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A number made of a number or a text; null if there is none. */
function numberOf(value: unknown, make: (number: number) => unknown): unknown {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? make(number) : null;
}

function isoOf(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** The names of the user's groups of one owner: `OKTA`, or the type of an app. */
function ofGroups(fits: (name: string, pattern: string) => boolean): Call {
  return ([owner, pattern, most], { groups }) => {
    const found = groups.filter(
      ({ name, type }) => (owner === 'OKTA') === (type !== 'APP_GROUP') && fits(name, String(pattern)),
    );
    return atMost(
      found.map(({ name }) => name),
      most,
    );
  };
}

function atMost(names: readonly string[], most: unknown): readonly string[] {
  if (typeof most === 'number' && names.length > most) throw new TooManyGroupsOfFunctionError(names.length, most);
  return names;
}
