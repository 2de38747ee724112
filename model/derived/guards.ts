import type { ParsedCluster, ParsedFile } from '../file/parsed-file';

/** The guards of one cluster; a list names who may, a missing one lets everyone whose role does. */
export interface Guards {
  readonly secretDeletion?: readonly string[];
  readonly runAsRoot?: readonly string[];
  /** Guarded namespaces by name. */
  readonly namespaces: Readonly<Record<string, readonly string[]>>;
}

/** The guards of a cluster: its own over those of the file, one by one, so that none is lost by naming another. */
export function guardsOf({ guards }: Pick<ParsedFile, 'guards'>, settings: Pick<ParsedCluster, 'guards'>): Guards {
  return { ...guards, ...settings.guards, namespaces: { ...guards.namespaces, ...settings.guards?.namespaces } };
}

/** Whether any guard is set. */
export function hasGuards({ secretDeletion, runAsRoot, namespaces }: Guards): boolean {
  return secretDeletion !== undefined || runAsRoot !== undefined || Object.keys(namespaces).length > 0;
}
