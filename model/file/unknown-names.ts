import { type Problem, shown } from '../../constraints/finding';
import { isServiceAccountGroup } from '../../constraints/kubernetes/service-account-group';
import { nameList, nearestName } from '../../constraints/nearest-name';
import { BOUNDARIES } from '../../rbac/boundary';
import { BUILT_IN_ROLES } from '../../rbac/built-in-roles';
import { PRESET_ROLES } from '../../rbac/presets';
import { SENSITIVE_PERMISSIONS, UNKNOWN_RULES } from '../../rbac/sensitive-permissions';
import { authoredPath, inheritedPlaces } from './cluster-defaults';
import { guardLists } from './guard-lists';
import type { Grant, ParsedFile } from './parsed-file';
import { pathInside, pathText } from './path';
import type { ValidSubset } from './valid-subset';

/** How many unknown names get a suggestion. Finding one for thousands, in an invalid fleet, would take minutes. */
const MAX_SUGGESTIONS = 25;

/** A name that a grant, a role, or a guard uses. */
interface Use {
  readonly what: 'group' | 'role' | 'cluster' | 'sensitive permission or boundary';
  readonly name: string;
  /** Undefined if the file defines none, which is reported on its own. */
  readonly allowed: ReadonlySet<string> | undefined;
  readonly path: string;
}

/**
 * The problems of grants, roles, and guards that name groups, roles, clusters, sensitive permissions, or boundaries that
 * do not exist.
 * @param file the file as written: a name exists even if its settings are not valid.
 */
export function unknownNames(file: unknown, { parsed, grants, invalid }: ValidSubset): readonly Problem[] {
  const groups = namesOf(file, 'groups');
  const ownRoles = namesOf(file, 'roles');
  const roles =
    ownRoles === undefined && invalid.has('roles')
      ? undefined
      : new Set<string>([...BUILT_IN_ROLES, ...PRESET_ROLES, ...(ownRoles ?? [])]);
  const clusters = namesOf(file, 'clusters');
  const inherited = inheritedPlaces(file);
  const uses = [
    ...grants.flatMap((grant): Use[] => [
      { what: 'group', name: grant.group, allowed: groups, path: `${grant.path}.group` },
      { what: 'role', name: grant.role, allowed: roles, path: `${grant.path}.role` },
      ...(grant.clusters === '*' ? [] : grant.clusters).map(
        (name, index): Use => ({
          what: 'cluster',
          name,
          allowed: clusters,
          path: `${grant.path}.clusters[${index}]`,
        }),
      ),
      ...acceptUses(grant.accept, grant.path),
    ]),
    ...Object.entries(parsed.roles).flatMap(([name, { accept }]) => acceptUses(accept, pathText(['roles', name]))),
    ...guardUses(parsed, groups).map((use) => ({ ...use, path: authoredPath(use.path, inherited) })),
  ];
  // A default that many clusters inherit is one use.
  const distinct = new Map(uses.map((use) => [use.path, use]));
  return [...distinct.values()]
    .filter(({ name, allowed }) => allowed !== undefined && !allowed.has(name))
    .map((use, index) => unknownName(use, index < MAX_SUGGESTIONS));
}

const ACCEPTABLE: ReadonlySet<string> = new Set([...SENSITIVE_PERMISSIONS, ...BOUNDARIES, UNKNOWN_RULES]);

/** The names that the `accept` of a grant or a role uses. */
function acceptUses(accept: Grant['accept'], place: string): readonly Use[] {
  return Object.keys(accept).map((name) => ({
    what: 'sensitive permission or boundary',
    name,
    allowed: ACCEPTABLE,
    path: pathInside(pathInside(place, 'accept'), name),
  }));
}

/** The groups that guards exempt, without groups of service accounts. */
function guardUses(file: ParsedFile, groups: Use['allowed']): readonly Use[] {
  return guardLists(file).flatMap(({ members, place }) =>
    members.flatMap((name, index): Use[] =>
      isServiceAccountGroup(name) ? [] : [{ what: 'group', name, allowed: groups, path: pathText([...place, index]) }],
    ),
  );
}

/** The keys of a map of the file; undefined if it has no map, or no required key in it, which is reported on its own. */
function namesOf(file: unknown, key: string): ReadonlySet<string> | undefined {
  const map = (file as Record<string, unknown>)[key];
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return undefined;
  const names = Object.keys(map);
  // A file can have no clusters: those that a grant names are then unknown.
  return names.length > 0 || key === 'clusters' ? new Set(names) : undefined;
}

function unknownName({ what, name, allowed = new Set(), path }: Use, suggest: boolean): Problem {
  if (what === 'cluster' && name === '*') {
    return {
      path,
      check: 'unknown-name',
      message: "There is no cluster '*': in a list, it does not mean all clusters.",
      given: "'*' in a list",
      allowed: "clusters: '*', or a list of names",
      fix: "For all clusters, write clusters: '*'.",
    };
  }
  const names = [...allowed];
  const nearest = suggest ? nearestName(name, names) : undefined;
  const orDefine = what === 'sensitive permission or boundary' ? '' : `, or add the ${what} to the file`;
  return {
    path,
    check: 'unknown-name',
    message: `There is no ${what} ${shown(name)}${nearest === undefined ? '.' : `. Did you mean ${shown(nearest)}?`}`,
    given: shown(name),
    allowed: names.length === 0 ? `no ${what}: the file has none` : nameList(names),
    fix:
      names.length === 0
        ? `Add the ${what} to the file.`
        : `Use ${nearest === undefined ? 'one of the allowed names' : shown(nearest)}${orDefine}.`,
  };
}
