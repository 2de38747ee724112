import { compare } from '../../constraints/compare';
import type { Access } from '../derived/access';
import { becoming, becomingByIam } from '../derived/becoming';

/** What somebody can become. */
export interface Becomes {
  /** `cluster-admin`, `node`, `aws-role <ARN>`, `service accounts of <namespace>`, `user <name>`, … */
  readonly to: string;
  /** False if a step of the path needs something that the file does not tell. */
  readonly certain: boolean;
}

/** What a group, or without a name an administrator by IAM, can become on a cluster. */
export type BecomesOf = (cluster: string, group?: string) => readonly Becomes[];

/**
 * What groups and administrators by IAM can become, as `sortedBecomes` sorts it. Equal lists are one object: a fleet has
 * 100 000 rows and few lists.
 */
export function becomesOf(access: Access): BecomesOf {
  const ofGroup = becoming(access);
  const byIam = becomingByIam(access);
  const known = new Map<readonly Becomes[], readonly Becomes[]>();
  return (key, group) => {
    const cluster = access.clusters[key];
    if (cluster === undefined) return [];
    // Groups and clusters of one kind share their chains.
    const chains = group === undefined ? byIam(cluster) : ofGroup(group, key);
    const sorted = known.get(chains) ?? sortedBecomes(chains);
    known.set(chains, sorted);
    return sorted;
  };
}

/** Kinds of what somebody can become, the most powerful first; the last is a way to more, such as `no guards`. */
export const BECOMES_KINDS = ['cluster-admin', 'node', 'aws-role', 'identity', 'other'] as const;

/** The kind of something that somebody can become. */
export function becomesKind({ to }: Pick<Becomes, 'to'>): (typeof BECOMES_KINDS)[number] {
  if (to === 'cluster-admin' || to === 'node') return to;
  if (to.startsWith('aws-role ')) return 'aws-role';
  return /^(service accounts?|user|group) /.test(to) ? 'identity' : 'other';
}

/** The ends of paths, each once: the certain first, then the most powerful first. */
export function sortedBecomes(ends: readonly Becomes[]): readonly Becomes[] {
  const certain = new Set(ends.flatMap((end) => (end.certain ? [end.to] : [])));
  const power = (target: Becomes) => BECOMES_KINDS.indexOf(becomesKind(target));
  return [...new Set(ends.map(({ to }) => to))]
    .map((to) => ({ to, certain: certain.has(to) }))
    .sort((a, b) => Number(b.certain) - Number(a.certain) || power(a) - power(b) || compare(a.to, b.to));
}
