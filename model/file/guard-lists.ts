import type { ParsedFile } from './parsed-file';

/** The groups that one guard exempts, as the file lists them. */
export interface GuardList {
  readonly members: readonly string[];
  /** Segments of its place in the file. */
  readonly place: readonly string[];
  /** Key of the cluster whose own guard it is; undefined for a guard of the file. */
  readonly cluster?: string;
}

/** Every list of every guard of a file: those of the file first, then those of each cluster. */
export function guardLists({ guards = {}, clusters }: Pick<ParsedFile, 'guards' | 'clusters'>): readonly GuardList[] {
  return [
    ...listsOf(guards, ['guards']),
    ...Object.entries(clusters).flatMap(([key, { guards: own = {} }]) =>
      listsOf(own, ['clusters', key, 'guards']).map((list) => ({ ...list, cluster: key })),
    ),
  ];
}

function listsOf(
  { secretDeletion, runAsRoot, systemNamespaces, namespaces = {} }: NonNullable<ParsedFile['guards']>,
  place: readonly string[],
): readonly GuardList[] {
  const entries = [
    ...Object.entries({ secretDeletion, runAsRoot, systemNamespaces }).map(([guard, members]) => ({
      members,
      segments: [guard],
    })),
    ...Object.entries(namespaces).map(([name, members]) => ({ members, segments: ['namespaces', name] })),
  ];
  return entries.flatMap(({ members, segments }) =>
    members === undefined ? [] : [{ members, place: [...place, ...segments] }],
  );
}
