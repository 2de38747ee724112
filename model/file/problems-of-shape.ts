import type * as z from 'zod';
import { type Problem, shown } from '../../constraints/finding';
import { nearestName } from '../../constraints/nearest-name';
import { pathText } from './path';

type Issue = z.core.$ZodIssue;

/**
 * What zod found, as problems.
 * @param input what it was asked about.
 */
export function problemsOfShape(issues: readonly Issue[], input: unknown): readonly Problem[] {
  return issues.flatMap((issue) => {
    const given = valueAt(input, issue.path);
    if (issue.code !== 'unrecognized_keys') return [wrongValue(issue, given)];
    // The schema's message for an unknown key is the list of those that are allowed.
    const allowed = issue.message.split(', ');
    return issue.keys.map((key) => unknownKey([...issue.path, key], key, valueAt(given, [key]), allowed));
  });
}

function unknownKey(path: readonly PropertyKey[], key: string, value: unknown, allowed: readonly string[]): Problem {
  const nearest = nearestName(key, allowed);
  return {
    path: pathText(path),
    check: 'unknown-key',
    message: `There is no key ${shown(key)} here${nearest === undefined ? '.' : `. Did you mean '${nearest}'?`}`,
    given: shown(value),
    allowed: allowed.join(', '),
    fix: nearest === undefined ? 'Remove it.' : `Write '${nearest}', or remove it.`,
  };
}

function wrongValue(issue: Issue, given: unknown): Problem {
  const path = pathText(issue.path);
  const missing = given === undefined;
  return {
    path,
    check: 'shape',
    message: missing ? 'A required value is missing.' : 'The value does not fit.',
    given: shown(given),
    allowed: issue.message,
    fix: missing ? `Add ${String(issue.path.at(-1) ?? 'it')}: ${issue.message}.` : `Write ${issue.message}.`,
  };
}

/** The value at a place, undefined where the place does not exist. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, segment) =>
      typeof inside === 'object' && inside !== null && Object.hasOwn(inside, segment)
        ? (inside as Record<PropertyKey, unknown>)[segment]
        : undefined,
    value,
  );
}
