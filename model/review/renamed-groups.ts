import { type Access, derivedAccess, settingsOf } from '../derived/access';
import type { ParsedFile } from '../file/parsed-file';

type Guards = NonNullable<ParsedFile['guards']>;

/**
 * The old file with the names that groups have in the new one: a group with `was` is the same group, with the same
 * people, if Terraform made it. Equal to the old file if no group is renamed, or all are already.
 */
export function withRenamedGroups(before: Access, after: Access): Access {
  const renames = Object.entries(after.groups).flatMap(([now, { was }]) =>
    was !== undefined && isRenamed(before, was, now) ? [[was, now]] : [],
  );
  if (renames.length === 0) return before;
  const names = new Map(renames as [string, string][]);
  const nameOf = (group: string) => names.get(group) ?? group;
  const inGuards = (guards: Guards): Guards => withMembers(guards, nameOf);

  const { clusters, groups, guards, ...settings } = settingsOf(before);
  const renamed = {
    ...settings,
    groups: Object.fromEntries(Object.entries(groups).map(([name, group]) => [nameOf(name), group])),
    guards: guards && inGuards(guards),
    clusters: Object.fromEntries(
      Object.entries(clusters).map(([key, cluster]) => [
        key,
        { ...cluster, guards: cluster.guards && inGuards(cluster.guards) },
      ]),
    ),
  };
  const grants = before.grants.map((grant) => ({ ...grant, group: nameOf(grant.group) }));
  const { expired, inherited, warnings } = before;
  return { ...derivedAccess(renamed, grants, before.day), expired, inherited, warnings };
}

/** Whether Okta renames a group in place: Terraform made it, under its old name, and has not renamed it before. */
export function isRenamed({ groups }: Access, was: string, now: string): boolean {
  return Object.hasOwn(groups, was) && !groups[was]?.existing && !Object.hasOwn(groups, now);
}

/** Guards with other names of the groups that they let pass. */
function withMembers({ namespaces, ...lists }: Guards, nameOf: (group: string) => string): Guards {
  const inEach = <Lists extends object>(map: Lists) =>
    Object.fromEntries(
      Object.entries(map).map(([key, list]) => [key, Array.isArray(list) ? list.map(nameOf) : list]),
    ) as Lists;
  return { ...inEach(lists), ...(namespaces && { namespaces: inEach(namespaces) }) };
}
