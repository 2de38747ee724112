import type * as z from 'zod';
import { type Problem, shown } from '../../constraints/finding';
import { nearestName } from '../../constraints/nearest-name';
import { pathText } from './path';

type Issue = z.core.$ZodIssue;

/**
 * Converts the issues that zod found to problems.
 * @param input the value that zod parsed.
 */
export function problemsOfShape(issues: readonly Issue[], input: unknown): readonly Problem[] {
  return issues.flatMap((issue) => {
    const given = valueAt(input, issue.path);
    if (issue.code !== 'unrecognized_keys') return [wrongValue(issue, given)];
    // For an unknown key, the schema's message is the list of allowed keys.
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
    fix: nearest === undefined ? 'Remove it.' : `Change it to '${nearest}', or remove it.`,
  };
}

function wrongValue(issue: Issue, given: unknown): Problem {
  const path = pathText(issue.path);
  const missing = given === undefined;
  return {
    path,
    check: 'shape',
    message: missing ? 'A required value is missing.' : 'The value is not valid here.',
    given: shown(given),
    allowed: issue.message,
    fix: missing ? `Add ${String(issue.path.at(-1) ?? 'it')}: ${issue.message}.` : `Use ${issue.message}.`,
  };
}

/** The value at a place; undefined if the place does not exist. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, segment) =>
      typeof inside === 'object' && inside !== null && Object.hasOwn(inside, segment)
        ? (inside as Record<PropertyKey, unknown>)[segment]
        : undefined,
    value,
  );
}
