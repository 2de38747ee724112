import type * as z from 'zod';
import { nearestName } from '../../constraints/nearest-name';
import { isObject } from './is-object';
import type { Grant, ParsedFile } from './parsed-file';
import { pathText } from './path';
import { accessSchema, grantSchema } from './schema';

/** Adds its place in the file to a grant. */
export function grantAt(grant: z.output<typeof grantSchema>, index: number): Grant {
  return { ...grant, path: pathText(['grants', index]) };
}

/** The valid parts of an access file. */
export interface ValidSubset {
  readonly parsed: ParsedFile;
  readonly grants: readonly Grant[];
  /** Keys of the file with an invalid or missing part. */
  readonly invalid: ReadonlySet<PropertyKey>;
}

/**
 * Removes the invalid parts of a file, so that the checks can look at the rest in the same run.
 * Undefined if no valid part is left.
 * @param issues what the schema found in the file.
 */
export function validSubset(file: unknown, issues: readonly z.core.$ZodIssue[]): ValidSubset | undefined {
  if (!isObject(file)) return undefined;
  const invalid = new Set<PropertyKey>();
  const { grants: given, ...settings } = file;
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  const grants = list.flatMap((grant, index): Grant[] => {
    const parsed = grantSchema.safeParse(grant);
    return parsed.success ? [grantAt(parsed.data, index)] : [];
  });
  if (!Array.isArray(given) || grants.length < list.length) invalid.add('grants');

  // The grants were parsed one by one above.
  let rest: Record<string, unknown> = { ...settings, grants: PLACEHOLDERS.grants };
  // Each pass removes one more level of an invalid part. No file has ten levels.
  let found = issues.filter(({ path: [top] }) => top !== 'grants');
  for (let pass = 0; pass < 10; pass++) {
    const places = found.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
    );
    for (const [top] of places) {
      // A misspelled key invalidates the key that it is a typo of.
      const meant = typeof top === 'string' ? nearestName(top, Object.keys(accessSchema.shape)) : undefined;
      invalid.add(meant ?? (top as PropertyKey));
    }
    rest = withoutPlaces(rest, places);
    const parsed = accessSchema.safeParse(rest);
    if (parsed.success) return { parsed: parsed.data, grants, invalid };
    found = parsed.error.issues;
  }
  return undefined;
}

/** The smallest value that the schema accepts for each required key. */
const PLACEHOLDERS: Record<string, unknown> = {
  okta: { orgName: 'none' },
  groups: { none: {} },
  clusters: { none: { kind: 'existing-eks', region: 'us-west-1' } },
  grants: [{ group: 'none', role: 'view', clusters: '*' }],
};

/** Places to remove, by key. An empty map removes the whole value. */
interface Removals extends Map<PropertyKey, Removals> {}

/** A copy of a file without some places. A missing required key gets its placeholder. */
function withoutPlaces(
  file: Record<string, unknown>,
  places: readonly (readonly PropertyKey[])[],
): Record<string, unknown> {
  const removals: Removals = new Map();
  for (const place of places) {
    let inside = removals;
    for (const key of place) {
      const next: Removals = inside.get(key) ?? new Map();
      inside.set(key, next);
      inside = next;
    }
  }
  const missing = [...removals.keys()].map(String).filter((key) => !Object.hasOwn(file, key));
  for (const key of missing) removals.delete(key);
  const kept = removals.size === 0 ? file : (without(file, removals) as Record<string, unknown>);
  return { ...kept, ...Object.fromEntries(missing.map((key) => [key, PLACEHOLDERS[key]])) };
}

/** A copy of a value without the removals; undefined if the whole value is removed. */
function without(value: unknown, removals: Removals): unknown {
  if (removals.size === 0 || typeof value !== 'object' || value === null) return undefined;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<PropertyKey, unknown>;
  for (const [key, inside] of removals) {
    // The key is missing, so it is required, and its parent is invalid without it.
    if (!Object.hasOwn(copy, key)) return undefined;
    copy[key] = without(copy[key], inside);
    if (copy[key] === undefined) {
      // Without one item, the others would change their index, so the whole list is removed.
      if (Array.isArray(value)) return undefined;
      delete copy[key];
    }
  }
  return copy;
}
