import type { Group } from './objects';

type ExpressionFunction = (args: readonly unknown[], groups: readonly Group[]) => unknown;

/** @see https://developer.okta.com/docs/reference/okta-expression-language/#functions */
const FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  'String.stringContains': ofTexts((text, part) => text.includes(part)),
  'String.startsWith': ofTexts((text, start) => text.startsWith(start)),
  'String.substringAfter': ofTexts((text, mark) =>
    text.includes(mark) ? text.slice(text.indexOf(mark) + mark.length) : '',
  ),
  'String.substringBefore': ofTexts((text, mark) => (text.includes(mark) ? text.slice(0, text.indexOf(mark)) : '')),
  'String.replace': ofTexts((text, part, other) => text.replaceAll(part, other)),
  'String.removeSpaces': ofTexts((text) => text.replaceAll(' ', '')),
  'String.len': ofTexts((text) => text.length),
  'String.toLowerCase': ofTexts((text) => text.toLowerCase()),
  'String.toUpperCase': ofTexts((text) => text.toUpperCase()),
  'Arrays.contains': ([list, item]) => Array.isArray(list) && list.includes(item),
  'Arrays.size': ([list]) => (Array.isArray(list) ? list.length : 0),
  'Arrays.isEmpty': ([list]) => !Array.isArray(list) || list.length === 0,
  isMemberOfGroup: ([id], groups) => groups.some((group) => group.id === id),
  isMemberOfAnyGroup: (ids, groups) => groups.some((group) => ids.includes(group.id)),
  isMemberOfGroupName: ([name], groups) => groups.some((group) => group.name === name),
  isMemberOfGroupNameStartsWith: ([start], groups) => groups.some(({ name }) => name.startsWith(String(start))),
  isMemberOfGroupNameContains: ([part], groups) => groups.some(({ name }) => name.includes(String(part))),
  isMemberOfGroupNameRegex: ([regex], groups) => groups.some(({ name }) => new RegExp(`^(?:${regex})$`).test(name)),
};

export function isKnownFunction(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name);
}

/** Calls a known function with its arguments and the groups of the person. */
export function callFunction(name: string, args: readonly unknown[], groups: readonly Group[]): unknown {
  return (FUNCTIONS[name] as ExpressionFunction)(args, groups);
}

/** A function of strings. It returns null if an argument is not a string, such as an empty attribute. */
function ofTexts(call: (...texts: string[]) => unknown): ExpressionFunction {
  return (args) => (args.every((arg) => typeof arg === 'string') ? call(...(args as string[])) : null);
}
