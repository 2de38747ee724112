import { type Becomes, becomesKind } from '../model/review/becomes';
import type { MatrixRow } from '../model/review/matrix';

/** What a role leads to at worst, from the least to the most powerful; with a letter, so that no colour has to be seen. */
export const LEVELS = [
  { name: 'ordinary', letter: '·', words: 'nothing sensitive' },
  { name: 'sensitive', letter: 'S', words: 'a sensitive permission' },
  { name: 'other-namespace', letter: 'O', words: 'another namespace or user' },
  { name: 'aws-role', letter: 'A', words: 'an AWS role' },
  { name: 'node', letter: 'N', words: 'a node' },
  { name: 'cluster-admin', letter: 'C', words: 'cluster-admin' },
] as const;

type Name = (typeof LEVELS)[number]['name'];

/** The worst levels of a row, as numbers in `LEVELS`. */
export interface RowLevels {
  /** For certain. */
  readonly certain: number;
  /** The worst with something that the file does not tell, if it is worse than what is certain; else 0. */
  readonly may: number;
}

/** Where a group or an IAM role has a role on a cluster, and the namespaces that guards close to it all the same. */
interface Granted {
  readonly namespaces: Set<string | null>;
  readonly guards: Set<string>;
}

/** The worst levels of each row. */
export function rowLevels(rows: readonly MatrixRow[]): readonly RowLevels[] {
  const byPrincipal = new Map<string, Granted>();
  for (const row of rows) {
    const key = identity(row);
    const granted = byPrincipal.get(key) ?? { namespaces: new Set(), guards: new Set() };
    granted.namespaces.add(row.namespace);
    for (const guard of row.guards) granted.guards.add(guard);
    byPrincipal.set(key, granted);
  }
  const targets = new Map<Granted, RowLevels>();
  return rows.map((row) => {
    const granted = byPrincipal.get(identity(row)) as Granted;
    const known = targets.get(granted) ?? targetLevels(row.becomes, granted);
    targets.set(granted, known);
    const certain = Math.max(roleLevel(row), known.certain);
    return { certain, may: known.may > certain ? known.may : 0 };
  });
}

/** The worst levels of what a group or an IAM role can become on a cluster, which is the same in all its rows there. */
function targetLevels(becomes: readonly Becomes[], granted: Granted): RowLevels {
  const worst = (certain: boolean) =>
    becomes.reduce(
      (most, target) => (target.certain === certain ? Math.max(most, targetLevel(target, granted)) : most),
      0,
    );
  return { certain: worst(true), may: worst(false) };
}

function identity({ kind, name, cluster }: MatrixRow): string {
  return JSON.stringify([kind, name, cluster]);
}

function roleLevel({ sensitive }: MatrixRow): number {
  return level(sensitive.length > 0 ? 'sensitive' : 'ordinary');
}

/**
 * The level of something that a group can become. Service accounts of a namespace where it has a role are no step up,
 * unless a guard closes the namespace to it; the check `becomes-other-namespace` decides the same.
 */
function targetLevel(target: Becomes, { namespaces, guards }: Granted): number {
  const kind = becomesKind(target);
  switch (kind) {
    case 'identity': {
      const [, namespace] = /^service accounts?\b.* of (.+)$/.exec(target.to) ?? [];
      if (namespace === undefined) return level('other-namespace');
      const isGranted = namespaces.has(null) || namespaces.has(namespace);
      return level(isGranted && !guards.has(`namespaces.${namespace}`) ? 'ordinary' : 'other-namespace');
    }
    case 'other':
      return level('sensitive');
    default:
      return level(kind);
  }
}

function level(name: Name): number {
  return LEVELS.findIndex((other) => other.name === name);
}
