import { compare } from '../../constraints/compare';
import { groupBy } from '../derived/group-by';

/** Where a path ends: what a group or an IAM role can become on a cluster. */
export interface PathEnd {
  readonly from: { readonly kind: 'group' | 'iam-role'; readonly name: string };
  /** Key of the cluster. */
  readonly cluster: string;
  /** `cluster-admin`, `node`, `aws-role <ARN>`, `service accounts of <namespace>`, `user <name>`, … */
  readonly to: string;
  /** False if a step of the path needs something that the file does not tell. */
  readonly certain: boolean;
}

/** What somebody can become. */
export type Becomes = Pick<PathEnd, 'to' | 'certain'>;

/**
 * What groups and IAM roles can become on a cluster: the certain first, then the most powerful first, each once. Equal
 * lists are one object: a fleet has 100 000 rows and few lists.
 */
export function becomesOf(
  paths: readonly PathEnd[],
): (kind: PathEnd['from']['kind'], name: string, cluster: string) => readonly Becomes[] {
  const known = new Map<string, readonly Becomes[]>();
  const byOrigin = new Map(
    [...groupBy(paths, ({ from, cluster }) => identity(from.kind, from.name, cluster))].map(([origin, ends]) => {
      const list = sorted(ends);
      const text = JSON.stringify(list);
      const shared = known.get(text) ?? list;
      known.set(text, shared);
      return [origin, shared];
    }),
  );
  return (kind, name, cluster) => byOrigin.get(identity(kind, name, cluster)) ?? NOTHING;
}

const NOTHING: readonly Becomes[] = [];

/** Kinds of what somebody can become, the most powerful first; the last is a way to more, such as `no guards`. */
export const BECOMES_KINDS = ['cluster-admin', 'node', 'aws-role', 'identity', 'other'] as const;

/** The kind of something that somebody can become. */
export function becomesKind({ to }: Pick<Becomes, 'to'>): (typeof BECOMES_KINDS)[number] {
  if (to === 'cluster-admin' || to === 'node') return to;
  if (to.startsWith('aws-role ')) return 'aws-role';
  return /^(service accounts?|user|group) /.test(to) ? 'identity' : 'other';
}

function sorted(ends: readonly PathEnd[]): readonly Becomes[] {
  const certain = new Set(ends.flatMap((end) => (end.certain ? [end.to] : [])));
  const power = (target: Becomes) => BECOMES_KINDS.indexOf(becomesKind(target));
  return [...new Set(ends.map(({ to }) => to))]
    .map((to) => ({ to, certain: certain.has(to) }))
    .sort((a, b) => Number(b.certain) - Number(a.certain) || power(a) - power(b) || compare(a.to, b.to));
}

function identity(kind: string, name: string, cluster: string): string {
  return JSON.stringify([kind, name, cluster]);
}
