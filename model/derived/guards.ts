import type { ParsedCluster, ParsedFile } from '../file/parsed-file';

/** The lists of guards, each with its exempt groups. Without a list, there is no such guard. */
export interface GuardLists {
  readonly secretDeletion?: readonly string[];
  readonly runAsRoot?: readonly string[];
  readonly systemNamespaces?: readonly string[];
  /** Guarded namespaces, by name. */
  readonly namespaces: Readonly<Record<string, readonly string[]>>;
}

/** The guards of a cluster. */
export interface Guards extends GuardLists {
  /** What the guards do about a request of others. */
  readonly mode: 'warn' | 'deny';
  /** Whether containers of others may allow privilege escalation. */
  readonly allowPrivilegeEscalation: boolean;
  /** Whether whoever they are for may delete namespaces all the same. @default false */
  readonly letsDeleteNamespaces?: boolean;
  /** Service accounts that pass instead of every one of kube-system; undefined for every one. */
  readonly exemptServiceAccounts?: readonly string[];
}

/** The guards of the file, overridden one by one by those of a cluster: setting one does not remove the others. */
export function guardsOf({ guards }: Pick<ParsedFile, 'guards'>, settings: Pick<ParsedCluster, 'guards'>): Guards {
  return {
    ...DEFAULTS,
    ...guards,
    ...settings.guards,
    namespaces: { ...guards?.namespaces, ...settings.guards?.namespaces },
  };
}

const DEFAULTS = { mode: 'deny', allowPrivilegeEscalation: true } as const;

/** The lists of guards that refuse something: none of guards that only warn. */
export function refusingLists({ mode, secretDeletion, runAsRoot, systemNamespaces, namespaces }: Guards): GuardLists {
  return mode === 'warn' ? { namespaces: {} } : { secretDeletion, runAsRoot, systemNamespaces, namespaces };
}

/** Whether a cluster has any guard, also one that only warns. */
export function hasGuards({ secretDeletion, runAsRoot, systemNamespaces, namespaces }: GuardLists): boolean {
  const lists = [secretDeletion, runAsRoot, systemNamespaces];
  return lists.some((list) => list !== undefined) || Object.keys(namespaces).length > 0;
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
