import type { Grant } from './access';
import { type Problem, shown } from './finding';
import { nameList, nearestName } from './nearest-name';
import { BUILT_IN_ROLES, PRESET_ROLES } from './roles';

/** So many unknown names get a guess of what was meant. */
const MOST_GUESSES = 25;

/**
 * Grants of groups, roles and clusters that the file does not have.
 * @param file the file as written: a name counts even where what stands under it is broken.
 */
export function unknownNames(file: unknown, grants: readonly Grant[]): readonly Problem[] {
  const groups = namesOf(file, 'groups');
  const roles = new Set<string>([...BUILT_IN_ROLES, ...PRESET_ROLES, ...(namesOf(file, 'roles') ?? [])]);
  const clusters = namesOf(file, 'clusters');
  const names = grants.flatMap((grant) => [
    { what: 'group', name: grant.group, allowed: groups, path: `${grant.path}.group` },
    { what: 'role', name: grant.role, allowed: roles, path: `${grant.path}.role` },
    ...(grant.clusters === '*' ? [] : grant.clusters).map((name, index) => ({
      what: 'cluster',
      name,
      allowed: clusters,
      path: `${grant.path}.clusters[${index}]`,
    })),
  ]);
  return names
    .filter(({ name, allowed }) => allowed !== undefined && !allowed.has(name))
    .map(({ what, name, allowed, path }, index) =>
      // A guess for each of thousands of names in a broken fleet would take minutes, and nobody reads them.
      unknown(what, name, [...(allowed ?? [])], path, index < MOST_GUESSES),
    );
}

/** The names of a map of the file, undefined where there are none: that is a problem of its own. */
function namesOf(file: unknown, key: string): ReadonlySet<string> | undefined {
  const map = (file as Record<string, unknown>)[key];
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return undefined;
  const names = Object.keys(map);
  return names.length > 0 ? new Set(names) : undefined;
}

function unknown(what: string, name: string, allowed: readonly string[], path: string, guess: boolean): Problem {
  const nearest = guess ? nearestName(name, allowed) : undefined;
  return {
    path,
    check: 'unknown-name',
    message: `The file has no ${what} ${shown(name)}${nearest === undefined ? '.' : `. Did you mean ${shown(nearest)}?`}`,
    given: shown(name),
    allowed: nameList(allowed),
    fix:
      nearest === undefined
        ? `Use one of the file's, or add the ${what}.`
        : `Write ${shown(nearest)}, or add the ${what}.`,
  };
}
