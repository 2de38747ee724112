import type * as z from 'zod';
import { AccessError } from '../constraints/access-error';
import { type Problem, plain } from '../constraints/finding';
import { CHECKS } from './checks';
import { runChecks } from './checks/check';
import { type Access, type Grant, isEks } from './file/access';
import { brokenDefaults, inheritedPlaces, withClusterDefaults } from './file/cluster-defaults';
import type { Day } from './file/day';
import { isObject } from './file/is-object';
import { pathText } from './file/path';
import { problemsOfShape } from './file/problems-of-shape';
import { accessSchema } from './file/schema';
import { type Parsed, placedGrant, soundPart } from './file/sound-part';
import { unknownNames } from './file/unknown-names';
import { valuesAt } from './file/values-at';

/**
 * Reads an access file of any shape into the model.
 * @param day the day that expiry counts from.
 * @throws AccessError that names every problem: shape, names, checks.
 */
export function readAccess(written: unknown, day: Day): Access {
  const file = isObject(written) ? withClusterDefaults(written) : written;
  const parsed = accessSchema.safeParse(file);
  const problems: Problem[] = [
    ...forbiddenKeys(written),
    ...problemsOfShape(accessSchema, issuesOf(parsed, written), file),
  ];
  const sound = parsed.success
    ? { parsed: parsed.data, grants: parsed.data.grants.map(placedGrant), broken: new Set<string>() }
    : soundPart(file);
  if (sound === undefined) throw AccessError.of(problems);

  const unknown = unknownNames(written, sound);
  // A grant of an unknown name may have been meant for any other.
  const grants = sound.grants.filter(({ path }) => !unknown.some((problem) => problem.path.startsWith(`${path}.`)));
  const broken = new Set<PropertyKey>(sound.broken);
  if (grants.length < sound.grants.length) broken.add('grants');
  const access = { ...onDay(sound.parsed, grants, day), inherited: inheritedPlaces(written), warnings: [] };
  const { errors, warnings } = runChecks(CHECKS, access, broken);
  problems.push(...unknown, ...errors);
  if (problems.length > 0) throw AccessError.of(problems, warnings);
  return deepFrozen({ ...access, warnings });
}

/** The model of a parsed file without what has expired before a day. */
function onDay(
  { clusterDefaults: _merged, ...file }: Parsed,
  grants: readonly Grant[],
  day: Day,
): Omit<Access, 'inherited' | 'warnings'> {
  const isPast = (expires: Day | undefined) => expires !== undefined && expires < day;
  const expiredGrants = grants
    .filter(({ expires }) => isPast(expires))
    .map(({ path, group, role, expires }) => ({
      path: `${path}.expires`,
      expires: expires as Day,
      what: `the grant of ${plain(role)} to ${plain(group)}`,
    }));
  const expiredAccess = Object.entries(file.clusters).flatMap(([key, cluster]) =>
    isEks(cluster) && cluster.breakGlass !== undefined && isPast(cluster.breakGlass.expires)
      ? [
          {
            path: pathText(['clusters', key, 'breakGlass', 'expires']),
            expires: cluster.breakGlass.expires,
            what: `break-glass of the cluster ${key}`,
          },
        ]
      : [],
  );
  const clusters = Object.entries(file.clusters).map(([key, cluster]) => {
    if (!isEks(cluster) || !isPast(cluster.breakGlass?.expires)) return [key, cluster];
    const { breakGlass: _expired, ...rest } = cluster;
    return [key, rest];
  });
  return {
    ...file,
    day,
    clusters: Object.fromEntries(clusters),
    grants: grants.filter(({ expires }) => !isPast(expires)),
    expired: [...expiredGrants, ...expiredAccess],
  };
}

/** What the schema found, without what a broken default leaves missing on each cluster. */
function issuesOf(parsed: z.ZodSafeParseResult<unknown>, written: unknown): readonly z.core.$ZodIssue[] {
  const missing = isObject(written) ? brokenDefaults(written) : new Set<PropertyKey>();
  return (parsed.error?.issues ?? []).filter(
    ({ path: [top, , key] }) => top !== 'clusters' || key === undefined || !missing.has(key),
  );
}

/** Places of the file whose names are the user's own. */
const MAPS = [
  ['groups'],
  ['roles'],
  ['clusters'],
  ['namespaces'],
  ['tags'],
  ['clusters', '*', 'tags'],
  ['clusters', '*', 'guards', 'namespaces'],
  ['clusterDefaults', 'tags'],
  ['clusterDefaults', 'guards', 'namespaces'],
  ['identityProvider', 'requiredClaims'],
  ['guards', 'namespaces'],
  ['namespaces', '*', 'quota'],
  ['namespaces', '*', 'allowIngressFrom', '*', 'podLabels'],
  ['grants', '*', 'accept'],
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
