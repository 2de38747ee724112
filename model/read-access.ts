import type * as z from 'zod';
import { AccessError } from '../constraints/access-error';
import type { Problem } from '../constraints/finding';
import { CHECKS } from './checks';
import { type Check, runChecks } from './checks/check';
import { type Access, derivedAccess } from './derived/access';
import { inheritedPlaces, invalidDefaults, withClusterDefaults } from './file/cluster-defaults';
import type { Day } from './file/day';
import { withoutExtensions } from './file/extensions';
import { isObject } from './file/is-object';
import { pathText } from './file/path';
import { problemsOfShape } from './file/problems-of-shape';
import { accessSchema } from './file/schema';
import { unknownNames } from './file/unknown-names';
import { grantAt, validSubset } from './file/valid-subset';

/**
 * Reads a value of any shape as an access file.
 * @param day the current day: what expired before it is left out.
 * @param checks the checks to run; none for a file that is compared, which may have been written for others.
 * @param placed adds to a problem where it is in the text of the file. @default - it has its path only
 * @throws AccessError that lists every problem: of the shape, of names, and of the checks.
 */
export function readAccess(
  given: unknown,
  day: Day,
  checks: readonly Check[] = CHECKS,
  placed: (problem: Problem) => Problem = (problem) => problem,
): Access {
  const written = isObject(given) ? withoutExtensions(given) : given;
  const file = isObject(written) ? withClusterDefaults(written) : written;
  const parsed = accessSchema.safeParse(file);
  const shapeProblems = problemsOfShape(issuesOf(parsed, written), file);
  const reported = new Set(shapeProblems.map(({ path }) => path));
  const problems: Problem[] = [...forbiddenKeys(written, reported), ...shapeProblems];
  const valid = parsed.success
    ? { parsed: parsed.data, grants: parsed.data.grants.map(grantAt), invalid: new Set<string>() }
    : validSubset(file, parsed.error.issues);
  if (valid === undefined) throw AccessError.of(problems.map(placed));

  const unknown = unknownNames(written, valid);
  // A grant with an unknown name may be meant for any group, role, or cluster.
  const grants = valid.grants.filter(({ path }) => !unknown.some((problem) => problem.path.startsWith(`${path}.`)));
  const invalid = new Set<PropertyKey>(valid.invalid);
  if (grants.length < valid.grants.length) invalid.add('grants');
  const access = { ...derivedAccess(valid.parsed, grants, day), inherited: inheritedPlaces(written), warnings: [] };
  const { errors, warnings: found } = runChecks(checks, access, invalid);
  problems.push(...unknown, ...errors);
  const warnings = found.map(placed);
  if (problems.length > 0) throw AccessError.of(problems.map(placed), warnings);
  return deepFrozen({ ...access, warnings });
}

/** The issues that the schema found, except keys that clusters lack because a default is invalid. */
function issuesOf(parsed: z.ZodSafeParseResult<unknown>, written: unknown): readonly z.core.$ZodIssue[] {
  const missing = isObject(written) ? invalidDefaults(written) : new Set<PropertyKey>();
  return (parsed.error?.issues ?? []).filter(
    ({ path: [top, , key] }) => top !== 'clusters' || key === undefined || !missing.has(key),
  );
}

/**
 * The problems of keys named `__proto__`, which JSON and YAML allow, and JavaScript would treat as the prototype.
 * @param reported paths of keys that are already reported.
 */
function forbiddenKeys(file: unknown, reported: ReadonlySet<string>): readonly Problem[] {
  const paths: string[] = [];
  const queue: Place[] = [{ value: file }];
  const seen = new Set<unknown>();
  // A loop instead of recursion: a file can be deep, and an object can contain itself.
  for (const place of queue) {
    const { value } = place;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (Object.hasOwn(value, '__proto__')) paths.push(pathText([...segmentsOf(place), '__proto__']));
    for (const [key, item] of Object.entries(value)) {
      queue.push({ value: item, parent: place, key: Array.isArray(value) ? Number(key) : key });
    }
  }
  return paths
    .filter((path) => !reported.has(path))
    .map((path) => ({
      path,
      check: 'shape',
      message: 'This name cannot be a key.',
      given: "'__proto__'",
      allowed: 'any other name',
      fix: 'Choose another name.',
    }));
}

/** A value of the file with its place. */
interface Place {
  readonly value: unknown;
  readonly parent?: Place;
  readonly key?: PropertyKey;
}

function segmentsOf(place: Place): readonly PropertyKey[] {
  const segments: PropertyKey[] = [];
  for (let at: Place | undefined = place; at?.key !== undefined; at = at.parent) segments.unshift(at.key);
  return segments;
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFrozen(member);
  }
  return value;
}
