import type { Access } from '../derived/access';
import type { Guards } from '../derived/guards';

/** A guard that exempts other groups than before, on some clusters. */
export interface GuardChange {
  /** Its path below `guards`, such as `secretDeletion` or `namespaces.payments`. */
  readonly guard: string;
  /** Keys of the clusters, sorted. */
  readonly clusters: readonly string[];
  /** The groups that it exempted before; undefined if there was no guard. */
  readonly before?: readonly string[];
  /** The groups that it exempts now; undefined if the guard is removed. */
  readonly after?: readonly string[];
}

/** The guards that change on clusters that both files have. Clusters with the same change are together. */
export function guardChanges(before: Access, after: Access): readonly GuardChange[] {
  const changes = new Map<string, { change: Omit<GuardChange, 'clusters'>; clusters: string[] }>();
  for (const key of Object.keys(after.clusters).sort()) {
    const [old, now] = [before.clusters[key], after.clusters[key]];
    if (old === undefined || now === undefined) continue;
    const [listsBefore, listsAfter] = [lists(old.guards), lists(now.guards)];
    for (const guard of new Set([...listsBefore.keys(), ...listsAfter.keys()])) {
      const change = { guard, before: listsBefore.get(guard), after: listsAfter.get(guard) };
      if (JSON.stringify(change.before) === JSON.stringify(change.after)) continue;
      const identity = JSON.stringify(change);
      const known = changes.get(identity) ?? { change, clusters: [] };
      known.clusters.push(key);
      changes.set(identity, known);
    }
  }
  return [...changes.values()].map(({ change, clusters }) => ({ ...change, clusters }));
}

function lists({ namespaces, ...named }: Guards): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ...Object.entries(named).flatMap(([guard, members]) => (members ? [[guard, [...members].sort()] as const] : [])),
    ...Object.entries(namespaces).map(([name, members]) => [`namespaces.${name}`, [...members].sort()] as const),
  ]);
}
