import { type Problem, shown } from '../../constraints/finding';
import { isServiceAccountGroup } from '../../constraints/kubernetes/service-account-group';
import { nameList, nearestName } from '../../constraints/nearest-name';
import { BUILT_IN_ROLES } from '../../rbac/built-in-roles';
import { PRESET_ROLES } from '../../rbac/presets';
import { SENSITIVE_PERMISSIONS } from '../../rbac/sensitive-permissions';
import { authoredPath, inheritedPlaces } from './cluster-defaults';
import { guardLists } from './guard-lists';
import type { ParsedFile } from './parsed-file';
import { pathText } from './path';
import type { ValidSubset } from './valid-subset';

/** So many unknown names get a guess of what was meant. */
const MOST_GUESSES = 25;

interface Use {
  /** What the name stands for. */
  readonly what: string;
  readonly name: string;
  /** Undefined where the file has none: that is a problem of its own. */
  readonly allowed: ReadonlySet<string> | undefined;
  readonly path: string;
}

/**
 * Grants and guards of groups, roles, clusters and permissions that the file does not have.
 * @param file the file as written: a name counts even where what stands under it is broken.
 */
export function unknownNames(file: unknown, { parsed, grants, broken }: ValidSubset): readonly Problem[] {
  const groups = namesOf(file, 'groups');
  const ownRoles = namesOf(file, 'roles');
  const roles =
    ownRoles === undefined && broken.has('roles')
      ? undefined
      : new Set<string>([...BUILT_IN_ROLES, ...PRESET_ROLES, ...(ownRoles ?? [])]);
  const clusters = namesOf(file, 'clusters');
  const permissions = new Set<string>(SENSITIVE_PERMISSIONS);
  const inherited = inheritedPlaces(file);
  const uses = [
    ...grants.flatMap((grant): Use[] => [
      { what: 'group', name: grant.group, allowed: groups, path: `${grant.path}.group` },
      { what: 'role', name: grant.role, allowed: roles, path: `${grant.path}.role` },
      ...(grant.clusters === '*' ? [] : grant.clusters).map((name, index) => ({
        what: 'cluster',
        name,
        allowed: clusters,
        path: `${grant.path}.clusters[${index}]`,
      })),
      ...Object.keys(grant.accept).map((name) => ({
        what: 'sensitive permission',
        name,
        allowed: permissions,
        path: `${grant.path}.accept.${name}`,
      })),
    ]),
    ...guardUses(parsed, groups).map((use) => ({ ...use, path: authoredPath(use.path, inherited) })),
  ];
  // A default of all clusters is one place.
  const places = new Map(uses.map((use) => [use.path, use]));
  return [...places.values()]
    .filter(({ name, allowed }) => allowed !== undefined && !allowed.has(name))
    .map(({ what, name, allowed, path }, index) =>
      // A guess for each of thousands of names in a broken fleet would take minutes, and nobody reads them.
      unknown(what, name, [...(allowed ?? [])], path, index < MOST_GUESSES),
    );
}

/** The members of every guard that have to be groups of the file. */
function guardUses(file: ParsedFile, groups: Use['allowed']): readonly Use[] {
  return guardLists(file).flatMap(({ members, place }) =>
    members.flatMap((name, index) =>
      isServiceAccountGroup(name) ? [] : [{ what: 'group', name, allowed: groups, path: pathText([...place, index]) }],
    ),
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
