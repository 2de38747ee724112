import { type Finding, shown } from '../finding';

/** Which groups of a user are in the groups claim. */
export type GroupsFilter =
  /** Groups whose names start with this text, in any case; or with one of these, with case. */
  | { readonly startsWith: string | readonly string[] }
  /** Groups whose names match a regular expression, with case. */
  | { readonly matches: string }
  /** What an expression of Okta returns: also groups that Okta does not own. */
  | { readonly expression: string };

/**
 * The regular expression of a filter; undefined if it has none. No page of Okta says whether one has to match the whole
 * name, so it gives the same answer either way.
 */
export function filterPattern(filter: GroupsFilter): string | undefined {
  if ('matches' in filter) return filter.matches;
  if ('expression' in filter || typeof filter.startsWith === 'string') return undefined;
  return `^(${filter.startsWith.map((start) => start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')}).*$`;
}

/** Texts with one of which each name in the claim starts; an empty text if that is not known. */
export function filterStarts(filter: GroupsFilter): readonly string[] {
  if ('startsWith' in filter) return [filter.startsWith].flat();
  // The plain letters before the first sign, which is for the letter before it if it is a quantifier.
  const literal = 'matches' in filter && !filter.matches.includes('|') ? /^\^([\w-]*)(.?)/.exec(filter.matches) : null;
  const [, start = '', sign = ''] = literal ?? [];
  return [/[*?{]/.test(sign) ? start.slice(0, -1) : start];
}

/** Whether the claim includes a group; undefined if only Okta knows. */
export function isInClaim(group: string, filter: GroupsFilter): boolean | undefined {
  if ('expression' in filter) return undefined;
  if ('startsWith' in filter && typeof filter.startsWith === 'string') {
    return withoutCase(group).startsWith(withoutCase(filter.startsWith));
  }
  return safeRegExp(filterPattern(filter) ?? '')?.test(group);
}

/** Checks that the groups claim includes a granted group. */
export function claimFilterFinding(group: string, filter: GroupsFilter): Finding | undefined {
  if (isInClaim(group, filter) !== false) return undefined;
  const starts = 'startsWith' in filter ? [filter.startsWith].flat() : [];
  const onlyCase = starts.some((start) => withoutCase(group).startsWith(withoutCase(start)));
  return {
    message: onlyCase
      ? `The group ${shown(group)} is never in the token: with several starts, Okta compares them with case.`
      : `The group ${shown(group)} is never in the token, because the claim filter excludes it.`,
    given: shown(group),
    allowed:
      'matches' in filter
        ? `a group name that matches ${shown(filter.matches)}`
        : `a group name that starts with ${starts.map(shown).join(' or ')}`,
    fix: 'Rename the group, or change groupsClaim so that it includes all granted groups.',
  };
}

/**
 * Checks a regular expression for the groups claim. Okta evaluates it with Java, and the checks and the proof with
 * JavaScript, so only what both read in the same way is allowed.
 * @param groups names for which it must give the same answer, whether it has to match the whole name or a part.
 */
export function filterPatternFinding(pattern: string, groups: readonly string[]): Finding | undefined {
  const expression = safeRegExp(pattern);
  if (expression === undefined) {
    return {
      message: 'This is not a regular expression that Java and JavaScript read in the same way.',
      given: shown(pattern),
      allowed: 'letters, digits, ., [a-z], (a|b), ^, $, the quantifiers *, +, ?, {2,3}, and \\ before a sign, d, or w',
      fix: 'Leave out look-arounds, back references, flags, classes in classes, and \\p, \\b, \\A, \\Q.',
    };
  }
  const whole = new RegExp(`^(?:${pattern})$`);
  const different = groups.find((group) => expression.test(group) !== whole.test(group));
  if (different === undefined) return undefined;
  return {
    message: `This matches a part of ${shown(different)}, and not the whole name. No page of Okta says which of the two counts.`,
    given: shown(pattern),
    allowed: 'an expression with the same answer for both, such as ^(eks|ops)-.*$',
    fix: 'Start it with ^, and end it with $ or .*.',
  };
}

/** A regular expression of signs that Java and JavaScript share; undefined for any other. */
function safeRegExp(pattern: string): RegExp | undefined {
  const isShared =
    /^(?:[^\\[\](){}*+?|]|\\[^A-Za-z0-9]|\\[dw]|\[\^?(?:[^\\[\]&^]|\\[^A-Za-z0-9]|\\[dw])+\]|\((?!\?)|\(\?:|[)|]|(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})(?![*+?{]))*$/u.test(
      pattern,
    );
  if (!isShared) return undefined;
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** A filter as Okta compares it, ignoring case. Upper case comes first, because ſ is also a lowercase S. */
export function withoutCase(filter: string): string {
  return filter.toUpperCase().toLowerCase();
}
