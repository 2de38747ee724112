import type { Grant } from './access';
import { type Problem, shown } from './finding';
import { nameList, nearestName } from './nearest-name';
import { BUILT_IN_ROLES, PRESET_ROLES } from './roles';

/**
 * Grants of groups, roles and clusters that the file does not have.
 * @param file the file as written: a name counts even where what stands under it is broken.
 */
export function unknownNames(file: unknown, grants: readonly Grant[]): readonly Problem[] {
  const groups = namesOf(file, 'groups');
  const roles = [...BUILT_IN_ROLES, ...PRESET_ROLES, ...(namesOf(file, 'roles') ?? [])];
  const clusters = namesOf(file, 'clusters');
  return grants.flatMap((grant) => [
    ...unknown('group', grant.group, groups, `${grant.path}.group`),
    ...unknown('role', grant.role, roles, `${grant.path}.role`),
    ...(grant.clusters === '*' ? [] : grant.clusters).flatMap((key, index) =>
      unknown('cluster', key, clusters, `${grant.path}.clusters[${index}]`),
    ),
  ]);
}

/** The names of a map of the file, undefined where there are none: that is a problem of its own. */
function namesOf(file: unknown, key: string): readonly string[] | undefined {
  const map = (file as Record<string, unknown>)[key];
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return undefined;
  return Object.keys(map).length > 0 ? Object.keys(map) : undefined;
}

function unknown(what: string, name: string, allowed: readonly string[] | undefined, path: string): readonly Problem[] {
  if (allowed === undefined || allowed.includes(name)) return [];
  const nearest = nearestName(name, allowed);
  return [
    {
      path,
      check: 'unknown-name',
      message: `The file has no ${what} ${shown(name)}${nearest === undefined ? '.' : `. Did you mean ${shown(nearest)}?`}`,
      given: shown(name),
      allowed: nameList(allowed),
      fix:
        nearest === undefined
          ? `Use one of the file's, or add the ${what}.`
          : `Write ${shown(nearest)}, or add the ${what}.`,
    },
  ];
}
