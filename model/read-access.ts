import type * as z from 'zod';
import { AccessError } from '../constraints/access-error';
import type { Problem } from '../constraints/finding';
import { CHECKS } from './checks';
import { runChecks } from './checks/check';
import { type Access, derivedAccess } from './derived/access';
import { brokenDefaults, inheritedPlaces, withClusterDefaults } from './file/cluster-defaults';
import type { Day } from './file/day';
import { isObject } from './file/is-object';
import { pathText } from './file/path';
import { problemsOfShape } from './file/problems-of-shape';
import { accessSchema } from './file/schema';
import { unknownNames } from './file/unknown-names';
import { grantAt, validSubset } from './file/valid-subset';

/**
 * Reads an access file of any shape into the model.
 * @param day the day that expiry counts from.
 * @throws AccessError that names every problem: shape, names, checks.
 */
export function readAccess(written: unknown, day: Day): Access {
  const file = isObject(written) ? withClusterDefaults(written) : written;
  const parsed = accessSchema.safeParse(file);
  const ofShape = problemsOfShape(issuesOf(parsed, written), file);
  const problems: Problem[] = [...forbiddenKeys(written, new Set(ofShape.map(({ path }) => path))), ...ofShape];
  const valid = parsed.success
    ? { parsed: parsed.data, grants: parsed.data.grants.map(grantAt), broken: new Set<string>() }
    : validSubset(file);
  if (valid === undefined) throw AccessError.of(problems);

  const unknown = unknownNames(written, valid);
  // A grant of an unknown name may have been meant for any other.
  const grants = valid.grants.filter(({ path }) => !unknown.some((problem) => problem.path.startsWith(`${path}.`)));
  const broken = new Set<PropertyKey>(valid.broken);
  if (grants.length < valid.grants.length) broken.add('grants');
  const access = { ...derivedAccess(valid.parsed, grants, day), inherited: inheritedPlaces(written), warnings: [] };
  const { errors, warnings } = runChecks(CHECKS, access, broken);
  problems.push(...unknown, ...errors);
  if (problems.length > 0) throw AccessError.of(problems, warnings);
  return deepFrozen({ ...access, warnings });
}

/** What the schema found, without what a broken default leaves missing on each cluster. */
function issuesOf(parsed: z.ZodSafeParseResult<unknown>, written: unknown): readonly z.core.$ZodIssue[] {
  const missing = isObject(written) ? brokenDefaults(written) : new Set<PropertyKey>();
  return (parsed.error?.issues ?? []).filter(
    ({ path: [top, , key] }) => top !== 'clusters' || key === undefined || !missing.has(key),
  );
}

/**
 * Keys named `__proto__`, which JSON and YAML can hold and which JavaScript would take for the object's prototype.
 * @param unknown paths of keys that are a problem already.
 */
function forbiddenKeys(file: unknown, unknown: ReadonlySet<string>): readonly Problem[] {
  const paths: string[] = [];
  const queue: Place[] = [{ value: file }];
  const seen = new Set<unknown>();
  // A loop instead of a recursion: a file can be deep, and an object can contain itself.
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
    .filter((path) => !unknown.has(path))
    .map((path) => ({
      path,
      check: 'shape',
      message: 'This name cannot be a key.',
      given: "'__proto__'",
      allowed: 'any other name',
      fix: 'Choose another name.',
    }));
}

/** A value of the file and where it is. */
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
