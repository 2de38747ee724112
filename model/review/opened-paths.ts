import type { DiffRow } from './diff';

/** What a group can become on a cluster, for certain or only with something that the file does not know. */
export interface BecomingPath {
  readonly group: string;
  /** Key of the cluster. */
  readonly cluster: string;
  /** What the group can become, such as `cluster-admin`. */
  readonly to: string;
  readonly certain: boolean;
}

/**
 * The certain paths that a change opens: those that a group did not have, and those of the groups that people join.
 * @param gains the gains of the change.
 */
export function openedPaths<Path extends BecomingPath>(
  before: readonly BecomingPath[],
  after: readonly Path[],
  gains: readonly DiffRow[],
): readonly Path[] {
  const known = new Set(before.filter(({ certain }) => certain).map(identity));
  const joined = new Set(
    gains.flatMap(({ who, group, cluster }) => (who === undefined ? [] : [placeOf(group, cluster)])),
  );
  return after.filter(
    (path) => path.certain && (!known.has(identity(path)) || joined.has(placeOf(path.group, path.cluster))),
  );
}

function identity({ group, cluster, to }: BecomingPath): string {
  return JSON.stringify([group, cluster, to]);
}

function placeOf(group: string, cluster: string): string {
  return JSON.stringify([group, cluster]);
}
