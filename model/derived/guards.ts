import type { ParsedCluster, ParsedFile } from '../file/parsed-file';

/** The guards of a cluster, each with its exempt groups. Without a list, there is no such guard. */
export interface Guards {
  readonly secretDeletion?: readonly string[];
  readonly runAsRoot?: readonly string[];
  readonly systemNamespaces?: readonly string[];
  /** Guarded namespaces, by name. */
  readonly namespaces: Readonly<Record<string, readonly string[]>>;
}

/** The guards of the file, overridden one by one by those of a cluster: setting one does not remove the others. */
export function guardsOf({ guards }: Pick<ParsedFile, 'guards'>, settings: Pick<ParsedCluster, 'guards'>): Guards {
  return { ...guards, ...settings.guards, namespaces: { ...guards?.namespaces, ...settings.guards?.namespaces } };
}

/** Whether a cluster has any guard. */
export function hasGuards({ namespaces, ...lists }: Guards): boolean {
  return Object.values(lists).some((list) => list !== undefined) || Object.keys(namespaces).length > 0;
}

/**
 * Whether a cluster has the stack of its guards: if the file or the cluster has the key `guards`, even `{}`. Without a
 * guard, the stack is empty, and its next apply removes the guards that it made.
 */
export function hasGuardsStack(
  { guards }: Pick<ParsedFile, 'guards'>,
  { settings }: { readonly settings: Pick<ParsedCluster, 'guards'> },
): boolean {
  return guards !== undefined || settings.guards !== undefined;
}
