import type { Access, Cluster, Grant } from './access';
import { AccessError } from './access-error';
import { runChecks } from './check';
import { CHECKS } from './checks';
import type { Problem } from './finding';
import { nearestName } from './nearest-name';
import { notBuiltYet } from './not-built-yet';
import { pathText } from './path';
import { problemsOfShape } from './problems-of-shape';
import { accessSchema, grantSchema } from './schema';
import { unknownNames } from './unknown-names';
import { valuesAt } from './values-at';

/**
 * Reads an access file of any shape into the model.
 * @throws AccessError that names every problem: shape, names, keys that are not built yet, checks.
 */
export function readAccess(file: unknown): Access {
  const unbuilt = notBuiltYet(file);
  const parsed = accessSchema.safeParse(file);
  const issues = (parsed.error?.issues ?? []).filter(
    ({ path }) => !unbuilt.some(({ segments }) => segments.every((segment, index) => path[index] === segment)),
  );
  const problems: Problem[] = [
    ...forbiddenKeys(file),
    ...problemsOfShape(accessSchema, issues, file),
    ...unbuilt.map(({ problem }) => problem),
  ];
  const sound = soundPart(
    file,
    unbuilt.map(({ segments }) => segments),
  );
  if (sound !== undefined) {
    const { access, broken } = sound;
    const unknown = unknownNames(file, access.grants);
    // A grant of an unknown name may have been meant for any other.
    const grants = access.grants.filter(({ path }) => !unknown.some((problem) => problem.path.startsWith(`${path}.`)));
    if (unknown.length > 0) broken.add('grants');
    problems.push(...unknown, ...runChecks(CHECKS, { ...access, grants }, broken).errors);
  }
  if (problems.length > 0 || sound === undefined) throw AccessError.of(problems);
  return deepFrozen(sound.access);
}

/**
 * What is left of a file without its broken places, so that the checks can speak of the rest in the same run.
 * Undefined where nothing of it has the shape of an access file.
 */
function soundPart(
  file: unknown,
  refused: readonly (readonly PropertyKey[])[],
): { access: Access; broken: Set<PropertyKey> } | undefined {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return undefined;
  // A preset is a name like any other; without the other unbuilt keys a grant means something else.
  const removed = refused.filter((path) => path[0] !== 'grants' || path.at(-1) !== 'role');
  const broken = new Set<PropertyKey>(removed.flatMap(([top]) => (top === 'grants' ? ['grants'] : [])));
  const { grants, ...settings } = withoutPlaces(file as Record<string, unknown>, removed);

  const placed = (Array.isArray(grants) ? grants : []).flatMap((grant: unknown, index): Grant[] => {
    const parsed = grantSchema.safeParse(grant);
    return parsed.success ? [{ ...parsed.data, path: pathText(['grants', index]) }] : [];
  });
  if (!Array.isArray(grants) || grants.length === 0 || placed.length < grants.length) broken.add('grants');

  // The grants themselves were parsed above, one by one.
  let rest: Record<string, unknown> = { ...settings, grants: PLACEHOLDERS.grants };
  // Each pass takes out one level more of a broken place, of which no file has ten.
  for (let pass = 0; pass < 10; pass++) {
    const parsed = accessSchema.safeParse(rest);
    if (parsed.success) {
      const clusters = parsed.data.clusters as Record<string, Cluster>;
      return { access: { ...parsed.data, clusters, grants: placed }, broken };
    }
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

/** Places of the file whose names are the user's own. */
const MAPS = [
  ['groups'],
  ['roles'],
  ['clusters'],
  ['namespaces'],
  ['tags'],
  ['clusters', '*', 'tags'],
  ['identityProvider', 'requiredClaims'],
];

/** JSON and YAML can hold a key that JavaScript would take for the object's prototype. */
function forbiddenKeys(file: unknown): readonly Problem[] {
  return MAPS.flatMap((place) => valuesAt(file, place)).flatMap(({ segments, value }) =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')
      ? [
          {
            path: pathText([...segments, '__proto__']),
            check: 'shape',
            message: 'This name cannot be a key.',
            given: "'__proto__'",
            allowed: 'any other name',
            fix: 'Choose another name.',
          },
        ]
      : [],
  );
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFrozen(member);
  }
  return value;
}
