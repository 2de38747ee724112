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

/** The worst levels of each row. */
export function rowLevels(rows: readonly MatrixRow[]): readonly RowLevels[] {
  const granted = new Map<string, Set<string>>();
  for (const row of rows) {
    if (row.namespace === null) continue;
    const key = identity(row);
    granted.set(key, (granted.get(key) ?? new Set()).add(row.namespace));
  }
  return rows.map((row) => {
    const own = row.becomes.length === 0 ? undefined : granted.get(identity(row));
    const worst = (certain: boolean) =>
      row.becomes.reduce(
        (most, target) => (target.certain === certain ? Math.max(most, targetLevel(target, own)) : most),
        0,
      );
    const certain = Math.max(roleLevel(row), worst(true));
    const may = worst(false);
    return { certain, may: may > certain ? may : 0 };
  });
}

function identity({ kind, name, cluster }: MatrixRow): string {
  return JSON.stringify([kind, name, cluster]);
}

function roleLevel({ sensitive }: MatrixRow): number {
  return level(sensitive.length > 0 ? 'sensitive' : 'ordinary');
}

/** The level of something that a group can become. Service accounts of a namespace with a grant of the group are no step up. */
function targetLevel(target: Becomes, own: ReadonlySet<string> | undefined): number {
  const kind = becomesKind(target);
  switch (kind) {
    case 'identity': {
      const [, namespace = ''] = /^service accounts?\b.* of (\S+)$/.exec(target.to) ?? [];
      return level(own?.has(namespace) === true ? 'ordinary' : 'other-namespace');
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
