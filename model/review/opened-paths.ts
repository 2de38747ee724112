import type { Access } from '../derived/access';
import { terrainOf } from '../derived/becoming';
import { type Path, pathsOf } from './paths';
import type { DiffRow } from './row-diff';

/**
 * The certain paths that a change opens: those that were not certain before, and those of the groups that people join.
 * @param gains the gains of the change.
 */
export function openedPaths(before: Access, after: Access, gains: readonly DiffRow[]): readonly Path[] {
  const certain = (access: Access) => pathsOf(access).filter((path) => path.certain);
  const known = new Set(certain(before).map(identity));
  const joined = new Set(
    gains.flatMap(({ who, group, cluster }) => (who === undefined ? [] : [placeOf('group', group, cluster)])),
  );
  return certain(after).filter(
    (path) => !includes(known, path, before) || joined.has(placeOf(path.from.kind, path.from.name, path.cluster)),
  );
}

/**
 * Whether known paths of the same principal lead to the target, or to somebody who is the target, too: cluster-admin is
 * every user, group, and service account; the service accounts of other namespaces are those of each namespace that the
 * old file says nothing about.
 */
function includes(known: ReadonlySet<string>, path: Path, before: Access): boolean {
  const leadsTo = (to: string) => known.has(identity({ ...path, to }));
  if (leadsTo(path.to)) return true;
  if (/^(user|group|service accounts?) /.test(path.to) && leadsTo('cluster-admin')) return true;
  const namespace = /^service accounts? (?:.* )?of (.+)$/.exec(path.to)?.[1];
  const cluster = before.clusters[path.cluster];
  return (
    namespace !== undefined &&
    cluster !== undefined &&
    leadsTo('service accounts of other namespaces') &&
    !terrainOf(before, cluster).terrain.namespaces.has(namespace)
  );
}

function identity({ from, cluster, to }: Path): string {
  return JSON.stringify([from.kind, from.name, cluster, to]);
}

function placeOf(kind: string, name: string, cluster: string): string {
  return JSON.stringify([kind, name, cluster]);
}
