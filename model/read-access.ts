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
 * Undefined where not even that has the shape of an access file.
 */
function soundPart(
  file: unknown,
  refused: readonly (readonly PropertyKey[])[],
): { access: Access; broken: Set<PropertyKey> } | undefined {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return undefined;
  const broken = new Set<PropertyKey>();
  const { grants, ...settings } = refused.reduce<Record<string, unknown>>(
    (rest, path) => {
      // A preset is a name like any other; without the other unbuilt keys a grant means something else.
      if (path[0] === 'grants' && path.at(-1) === 'role') return rest;
      if (path[0] === 'grants') broken.add('grants');
      return without(rest, path) as Record<string, unknown>;
    },
    file as Record<string, unknown>,
  );

  const placed = (Array.isArray(grants) ? grants : []).flatMap((grant: unknown, index): Grant[] => {
    const parsed = grantSchema.safeParse(grant);
    return parsed.success ? [{ ...parsed.data, path: pathText(['grants', index]) }] : [];
  });
  if (!Array.isArray(grants) || grants.length === 0 || placed.length < grants.length) broken.add('grants');

  // The grants themselves were parsed above, one by one.
  let rest: unknown = { ...settings, ...placeholderOf('grants') };
  for (;;) {
    const parsed = accessSchema.safeParse(rest);
    if (parsed.success) {
      const clusters = parsed.data.clusters as Record<string, Cluster>;
      return { access: { ...parsed.data, clusters, grants: placed }, broken };
    }
    for (const issue of parsed.error.issues) {
      const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
      for (const path of paths) {
        // A misspelt key of the file was meant for the one that it looks like.
        const [top] = path;
        broken.add(
          (typeof top === 'string' && nearestName(top, Object.keys(accessSchema.shape))) || (top as PropertyKey),
        );
        const next = without(rest, path);
        // Nothing left to remove: a required key is missing as a whole, and the checks that rest on it are skipped.
        rest = next === rest ? { ...(rest as object), ...placeholderOf(path[0] as string) } : next;
      }
    }
  }
}

/** The least that the schema takes for a required key. */
function placeholderOf(key: string): Record<string, unknown> {
  const placeholders: Record<string, unknown> = {
    okta: { orgName: 'none' },
    groups: { none: {} },
    clusters: { none: { kind: 'existing-eks', region: 'us-west-1' } },
    grants: [{ group: 'none', role: 'view', clusters: '*' }],
  };
  return { [key]: placeholders[key] };
}

/** A copy without the value at a path, or without its parent where there is no value; the same object if neither. */
function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  const members = value as Record<PropertyKey, unknown>;
  if (!Object.hasOwn(members, key)) return value;
  if (rest.length > 0) {
    const inside = members[key];
    const next = without(inside, rest);
    if (next !== inside) return Array.isArray(value) ? value.with(Number(key), next) : { ...members, [key]: next };
  }
  // Taking an item out would move the others away from their places: the list goes as a whole.
  if (Array.isArray(value)) return value;
  const { [key]: _removed, ...others } = members;
  return others;
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
