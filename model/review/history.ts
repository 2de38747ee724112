import { AccessError } from '../../constraints/access-error';
import { type Access, derivedAccess, settingsOf } from '../derived/access';
import { type Day, daysAfter } from '../file/day';
import { type AccessDiff, accessDiff } from './diff';
import { filteredDiff, type HistoryFilter, isAbout } from './history-filter';
import { openedPaths } from './opened-paths';
import type { Path } from './paths';
import { withRenamedGroups } from './renamed-groups';

/** A commit of the branch, along first parents. */
export interface HistoryCommit {
  readonly hash: string;
  /** When it was committed, in seconds since 1970. */
  readonly seconds: number;
  readonly author: string;
  readonly subject: string;
  /**
   * The day in UTC from which it counts: that of the committer; or the day of its parent if that is later, and today if it
   * is in the future.
   */
  readonly day: Day;
}

/** The day of a committer's clock, in UTC. */
export function committerDay({ seconds }: Pick<HistoryCommit, 'seconds'>): Day {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** A commit that changed what an access file says, where it is, or whether it is there. */
export interface WrittenChange {
  readonly commit: HistoryCommit;
  /** The former path, if the commit renamed the file. */
  readonly renamedFrom?: string;
  /** Reads the file for a day; null if it is not there any more. @throws AccessError if it cannot be read. */
  readonly read: ((day: Day) => Access) | null;
}

/** Something that happened to what an access file says. */
export type HistoryEntry =
  | CommittedEntry
  | ExpiryEntry
  | { readonly kind: 'unreadable'; readonly day: Day; readonly commit: HistoryCommit; readonly problem: AccessError }
  | { readonly kind: 'removed'; readonly day: Day; readonly commit: HistoryCommit };

/** Who gains and who loses what, and what else changes. */
interface Difference {
  readonly diff: AccessDiff;
  /** The certain paths that someone gains. */
  readonly opened: readonly Path[];
}

/** A commit after which the file says something else. */
export interface CommittedEntry extends Difference {
  readonly kind: 'commit';
  readonly day: Day;
  readonly commit: HistoryCommit;
  /** The former path, if the commit renamed the file. */
  readonly renamedFrom?: string;
  /** Whether there is nothing to compare with: everything in the file is a gain. */
  readonly isFirst: boolean;
  /** The last commit that can be read, if others between cannot. @default - the commit before */
  readonly comparedWith?: HistoryCommit;
}

/** Access that ended by its last day: nobody committed that. */
export interface ExpiryEntry extends Difference {
  readonly kind: 'expiry';
  /** The first day without it. */
  readonly day: Day;
  /** Its last day. */
  readonly lastDay: Day;
  /** What expired, such as `grant of view to eks-ops`. */
  readonly what: readonly string[];
  /** The commit whose file says so. */
  readonly commit: HistoryCommit;
}

export interface HistoryProps {
  /** The first day of the entries. @default - all */
  readonly since?: Day;
  readonly today: Day;
  /** What the entries are about. @default - everything */
  readonly filter?: HistoryFilter;
}

/** The file as it was last readable. */
interface State {
  readonly change: WrittenChange;
  readonly read: (day: Day) => Access;
  /** The day until which everything is told. */
  readonly day: Day;
}

/** A day after every expiry. */
const END_OF_TIME: Day = '9999-12-31';

/**
 * What happened to what an access file says, in order: commits that changed it, and access that ended between them.
 * @param changes the oldest first.
 */
export function accessHistory(
  changes: readonly WrittenChange[],
  { since = '', today, filter }: HistoryProps,
): readonly HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  const add = (entry: HistoryEntry) => {
    if (entry.day >= since) entries.push(entry);
  };
  /** Compares two states of the file; undefined for a day that is not asked for, or if nothing differs. */
  const difference = (day: Day, before: () => Access, after: () => Access, isFirst = false): Difference | undefined => {
    if (day < since) return undefined;
    const now = after();
    const old = withRenamedGroups(before(), now);
    const whole = accessDiff(old, now);
    // In a new file, only clusters say more than the gains: who administers them by IAM.
    const changes = isFirst ? whole.changes.filter(({ segments: [top] }) => top === 'clusters') : whole.changes;
    const diff = filteredDiff({ ...whole, changes }, { before: old, after: now, filter });
    if (diff.gains.length + diff.losses.length + diff.changes.length === 0) return undefined;
    // Only losses and texts open nothing.
    const canOpen = diff.gains.length > 0 || diff.changes.some(({ isText }) => !isText);
    const opened = canOpen
      ? openedPaths(old, now, diff.gains).filter((path) => isAbout(path, { after: now, filter }))
      : [];
    return { diff, opened };
  };
  /** Adds what ends from a state on until a day. */
  const expire = ({ change: { commit }, read, day }: State, until: Day) => {
    const ends = read(END_OF_TIME).expired.map(({ expires }) => expires);
    for (const lastDay of [...new Set(ends)].sort()) {
      const first = daysAfter(lastDay, 1);
      if (lastDay < day || first > until) continue;
      const found = difference(
        first,
        () => read(lastDay),
        () => read(first),
      );
      if (found === undefined) continue;
      const what = read(first).expired.flatMap(({ expires, what }) => (expires === lastDay ? [what] : []));
      add({ kind: 'expiry', day: first, lastDay, what, commit, ...found });
    }
  };

  let state: State | undefined;
  let isBroken = false;
  for (const change of changes) {
    const { commit, renamedFrom } = change;
    const { day } = commit;
    if (state !== undefined && !isBroken) expire(state, day);
    if (change.read === null) {
      add({ kind: 'removed', day, commit });
      state = undefined;
      isBroken = false;
      continue;
    }
    const { read } = change;
    const after = readable(read, day);
    if (AccessError.is(after)) {
      add({ kind: 'unreadable', day, commit, problem: after });
      if (state !== undefined && !isBroken) state = { ...state, day };
      isBroken = true;
      continue;
    }
    const earlier = state;
    const found = difference(
      day,
      // After a file that cannot be read, what ended meanwhile is told with this commit.
      () => (earlier === undefined ? withoutAccess(after) : earlier.read(isBroken ? earlier.day : day)),
      () => after,
      earlier === undefined,
    );
    if (found !== undefined || (renamedFrom !== undefined && filter === undefined)) {
      add({
        ...{ kind: 'commit', day, commit, isFirst: earlier === undefined, ...(found ?? NOTHING) },
        ...(renamedFrom !== undefined && { renamedFrom }),
        ...(earlier !== undefined && isBroken && { comparedWith: earlier.change.commit }),
      });
    }
    state = { change, read, day };
    isBroken = false;
  }
  if (state !== undefined && !isBroken) expire(state, today);
  return entries;
}

const NOTHING: Difference = { diff: { gains: [], losses: [], changes: [] }, opened: [] };

/** The change that is in force at the end of a day; undefined before the first one. */
export function changeInForce<Change extends { readonly commit: HistoryCommit }>(
  changes: readonly Change[],
  day: Day,
): Change | undefined {
  return changes.findLast(({ commit }) => commit.day <= day);
}

/** What a file says on a day, or why it cannot be read. */
export function readable(read: (day: Day) => Access, day: Day): Access | AccessError {
  try {
    return read(day);
  } catch (error) {
    if (AccessError.is(error)) return error;
    throw error;
  }
}

/** The same file before it gave access to anybody: everything that it has is new. */
function withoutAccess(access: Access): Access {
  const nothing = { groups: {}, clusters: {}, roles: {}, namespaces: {}, guards: undefined };
  const derived = derivedAccess({ ...settingsOf(access), ...nothing }, [], access.day);
  return { ...derived, inherited: {}, warnings: [] };
}
