import { compare } from '../../constraints/compare';
import type { Day } from '../file/day';
import type { HistoryCommit, HistoryEntry } from './history';

/** A commit that a pipeline applied. */
export interface AppliedCommit {
  /** Its hash. */
  readonly commit: string;
  /** When, as ISO 8601 in UTC. */
  readonly time: string;
  /** The stacks that were applied. @default - all */
  readonly stacks?: readonly string[];
}

/** What a pipeline applied, as far as the branch has it. */
export interface AppliedCommits {
  /**
   * When an entry was applied first: for each stack, or for all of them; empty if it never was. A commit contains its
   * parents, and expired access goes with the next apply.
   */
  firstFor(entry: HistoryEntry): readonly AppliedCommit[];
  /** What had been applied last at the end of a day, with all stacks. */
  lastUntil(day: Day): AppliedCommit | undefined;
  /** The commits that are not on the branch. */
  readonly unknown: readonly string[];
}

/**
 * Finds when the commits of a branch were applied.
 * @param commits the commits of the branch, the oldest first.
 * @param applied what a pipeline applied, in any order; a hash can be abbreviated.
 */
export function appliedCommits(commits: readonly HistoryCommit[], applied: readonly AppliedCommit[]): AppliedCommits {
  const placed = applied
    .map((record) => ({ record, at: commits.findIndex(({ hash }) => hash.startsWith(record.commit)) }))
    .sort((a, b) => compare(a.record.time, b.record.time));
  const known = placed
    .filter(({ at }) => at >= 0)
    .map(({ record, at }) => ({ at, record: { ...record, commit: commits[at]?.hash ?? record.commit } }));
  return {
    firstFor(entry) {
      const written = commits.findIndex(({ hash }) => hash === entry.commit.hash);
      const since = entry.kind === 'expiry' ? entry.day : '';
      const after = known.filter(({ at, record }) => at >= written && record.time.slice(0, 10) >= since);
      const all = after.findIndex(({ record }) => record.stacks === undefined);
      const seen = new Set<string>();
      return after.slice(0, all < 0 ? after.length : all + 1).flatMap(({ record }) => {
        if (record.stacks === undefined) return [record];
        const stacks = record.stacks.filter((stack) => !seen.has(stack));
        for (const stack of stacks) seen.add(stack);
        return stacks.length === 0 ? [] : [{ ...record, stacks }];
      });
    },
    lastUntil: (day) =>
      known.findLast(({ record }) => record.stacks === undefined && record.time.slice(0, 10) <= day)?.record,
    unknown: placed.filter(({ at }) => at < 0).map(({ record }) => record.commit),
  };
}
