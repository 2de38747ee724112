import type { Access } from '../derived/access';
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
    (path) => !known.has(identity(path)) || joined.has(placeOf(path.from.kind, path.from.name, path.cluster)),
  );
}

function identity({ from, cluster, to }: Path): string {
  return JSON.stringify([from.kind, from.name, cluster, to]);
}

function placeOf(kind: string, name: string, cluster: string): string {
  return JSON.stringify([kind, name, cluster]);
}
