import type * as z from 'zod';
import { type Problem, shown } from '../../constraints/finding';
import { nearestName } from '../../constraints/nearest-name';
import { pathText } from './path';

type Issue = z.core.$ZodIssue;

/**
 * What zod found, as problems.
 * @param schema the schema that was asked, for the names that are allowed beside an unknown one.
 * @param input what it was asked about.
 */
export function problemsOfShape(schema: z.ZodType, issues: readonly Issue[], input: unknown): readonly Problem[] {
  return issues.flatMap((issue) => {
    const given = valueAt(input, issue.path);
    if (issue.code === 'unrecognized_keys') {
      const allowed = keysAt(schema, issue.path, input);
      return issue.keys.map((key) => unknownKey([...issue.path, key], key, valueAt(given, [key]), allowed));
    }
    return [wrongValue(issue, given)];
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

/** The names that the schema allows at a place. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[], input: unknown): readonly string[] {
  const { def } = schema as unknown as { def: SchemaDef };
  const [segment, ...rest] = path;
  // A transformed value is written as what goes in.
  const inner = def.innerType ?? def.in;
  if (inner !== undefined) return keysAt(inner, path, input);
  if (def.options !== undefined) {
    // Of a union of clusters, the one whose kind was given: others would suggest keys that it does not have.
    const kind = def.discriminator === undefined ? undefined : valueAt(input, [def.discriminator]);
    const fitting = def.options.filter((option) => kind === undefined || kindOf(option, def.discriminator) === kind);
    return [...new Set(fitting.flatMap((option) => keysAt(option, path, input)))];
  }
  if (def.shape !== undefined) {
    if (segment === undefined) return Object.keys(def.shape);
    const member = def.shape[String(segment)];
    return member === undefined ? [] : keysAt(member, rest, valueAt(input, [segment]));
  }
  const inside = def.valueType ?? def.element;
  return inside === undefined || segment === undefined ? [] : keysAt(inside, rest, valueAt(input, [segment]));
}

interface SchemaDef {
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
}

function kindOf(option: z.ZodType, discriminator: string | undefined): unknown {
  const literal = (option as unknown as { def: SchemaDef }).def.shape?.[discriminator ?? ''];
  return (literal as unknown as { def: { values: readonly unknown[] } } | undefined)?.def.values[0];
}
