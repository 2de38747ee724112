import type * as z from 'zod';
import { nearestName } from '../../constraints/nearest-name';
import { isObject } from './is-object';
import type { Grant, ParsedFile } from './parsed-file';
import { pathText } from './path';
import { accessSchema, grantSchema } from './schema';

/** A grant with its place in the file. */
export function grantAt(grant: z.output<typeof grantSchema>, index: number): Grant {
  return { ...grant, path: pathText(['grants', index]) };
}

/** What is sound in a file that has broken places. */
export interface ValidSubset {
  readonly parsed: ParsedFile;
  readonly grants: readonly Grant[];
  /** Keys of the file that are not whole. */
  readonly broken: ReadonlySet<PropertyKey>;
}

/**
 * What is left of a file without its broken places, so that the checks can speak of the rest in the same run.
 * Undefined where nothing of it has the shape of an access file.
 */
export function validSubset(file: unknown): ValidSubset | undefined {
  if (!isObject(file)) return undefined;
  const broken = new Set<PropertyKey>();
  const { grants: given, ...settings } = file;
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  const grants = list.flatMap((grant, index): Grant[] => {
    const parsed = grantSchema.safeParse(grant);
    return parsed.success ? [grantAt(parsed.data, index)] : [];
  });
  if (grants.length === 0 || grants.length < list.length) broken.add('grants');

  // The grants themselves were parsed above, one by one.
  let rest: Record<string, unknown> = { ...settings, grants: PLACEHOLDERS.grants };
  // Each pass takes out one level more of a broken place, of which no file has ten.
  for (let pass = 0; pass < 10; pass++) {
    const parsed = accessSchema.safeParse(rest);
    if (parsed.success) return { parsed: parsed.data, grants, broken };
    const places = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
    );
    for (const [top] of places) {
      // A misspelt key of the file was meant for the one that it looks like.
      const meant = typeof top === 'string' ? nearestName(top, Object.keys(accessSchema.shape)) : undefined;
      broken.add(meant ?? (top as PropertyKey));
    }
    rest = withoutPlaces(rest, places);
  }
  return undefined;
}

/** The least that the schema takes for a required key. */
const PLACEHOLDERS: Record<string, unknown> = {
  okta: { orgName: 'none' },
  groups: { none: {} },
  clusters: { none: { kind: 'existing-eks', region: 'us-west-1' } },
  grants: [{ group: 'none', role: 'view', clusters: '*' }],
};

/** Places to take out, by key; an empty map takes out the whole value. */
interface Removals extends Map<PropertyKey, Removals> {}

/** A copy of a file without some places, each taken out once; a required key that is missing gets its placeholder. */
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

/** A copy without what is to be removed; undefined where the value goes as a whole. */
function without(value: unknown, removals: Removals): unknown {
  if (removals.size === 0 || typeof value !== 'object' || value === null) return undefined;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<PropertyKey, unknown>;
  for (const [key, inside] of removals) {
    // Nothing there to remove: what is missing was required, and its parent cannot stand without it.
    if (!Object.hasOwn(copy, key)) return undefined;
    copy[key] = without(copy[key], inside);
    if (copy[key] === undefined) {
      // Taking an item out would move the others away from their places: the list goes as a whole.
      if (Array.isArray(value)) return undefined;
      delete copy[key];
    }
  }
  return copy;
}
